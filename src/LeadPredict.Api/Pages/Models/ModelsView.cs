using System.Text.Json;
using LeadPredict.Api.Boards;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Scoring.Comparison;

namespace LeadPredict.Api.Pages.Models;

/// <summary>The models as their page shows them.</summary>
public sealed record ModelsView
{
    /// <summary>Every published version.</summary>
    public required IReadOnlyList<ModelVersionSummary> Versions { get; init; }

    /// <summary>The name that answers by default, or null while there is none.</summary>
    public string? Default { get; init; }

    /// <summary>The version that the figures are of: the champion, or the one that a report is of; null while there is none.</summary>
    public ModelDetail? Main { get; init; }

    /// <summary>Those to be seen beside it: the challenger, and the champion where a report is of another version.</summary>
    public IReadOnlyList<ModelDetail> Beside { get; init; } = [];

    /// <summary>Whether the history is being read and nothing young enough is known of it, so that it comes in a moment.</summary>
    public bool IsBeingRead { get; init; }

    /// <summary>What was promised and what happened, month by month; null while that is not known.</summary>
    public KeptPromises? Promises { get; init; }

    /// <summary>How leads of late differ from those that it learned from; null while that is not known.</summary>
    public InputDrift? Inputs { get; init; }
}

/// <summary>A version with its figures.</summary>
/// <param name="Name">As <c>leads@3</c>.</param>
/// <param name="Role">What it is: champion, challenger, or neither, as a report may be of any.</param>
/// <param name="Card">Its card.</param>
/// <param name="Comparison">Its comparison with the rules, or null.</param>
/// <param name="ObservedUntil">The end of the history it learned from, or null.</param>
/// <param name="Leaks">What its leak guard found and somebody answered for.</param>
/// <param name="LeftOut">Columns that were left out of learning, with why.</param>
public sealed record ModelDetail(
    string Name, string Role, string Card, StoredComparison? Comparison, DateTimeOffset? ObservedUntil, IReadOnlyList<string> Leaks, IReadOnlyList<string> LeftOut)
{
    /// <summary>Reads a version's details.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="version">The same in the list of versions, or null where it is not there.</param>
    public static ModelDetail Of(ModelArtifact artifact, ModelVersionSummary? version)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        using JsonDocument metrics = JsonDocument.Parse(artifact.MetricsJson);
        JsonElement root = metrics.RootElement;
        return new(
            artifact.ToString(),
            version is { IsChampion: true } ? "Champion" : version is { IsChallenger: true } ? "Challenger" : "Reported",
            artifact.Card,
            artifact.ComparisonJson is { } json ? StoredComparison.Read(json) : null,
            root.ValueKind == JsonValueKind.Object && root.TryGetProperty("observedUntil", out JsonElement until) && until.TryGetDateTimeOffset(out DateTimeOffset at) ? at : null,
            Sentences(root, "leaks"),
            Sentences(root, "leftOut"));
    }

    private static string[] Sentences(JsonElement root, string name) =>
        root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out JsonElement list) || list.ValueKind != JsonValueKind.Array
            ? []
            : [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Object
                ? string.Join(": ", new[] { "name", "column", "because", "reason" }.Select(key => item.TryGetProperty(key, out JsonElement value) ? value.ToString() : null).OfType<string>())
                : item.ToString())];
}
