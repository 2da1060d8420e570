namespace LeadPredict.Artifacts.Repository;

/// <summary>One published version in a listing.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Version">From 1.</param>
/// <param name="IsChampion">Whether it is the one that answers.</param>
/// <param name="IsChallenger">Whether it is tried beside the champion.</param>
/// <param name="Kind">Funnel or table; null when the manifest cannot be read.</param>
/// <param name="Hash">The SHA-256 of its manifest; null when the manifest cannot be read.</param>
/// <param name="Fault">Why the manifest cannot be read, or null. The other files are checked when the version is loaded.</param>
public sealed record ModelVersionSummary(
    string Name, int Version, bool IsChampion, bool IsChallenger, ArtifactKind? Kind, string? Hash, string? Fault);
