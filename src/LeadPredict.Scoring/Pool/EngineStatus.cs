namespace LeadPredict.Scoring.Pool;

/// <summary>How a named engine stands.</summary>
/// <param name="Engine">The engine's name in the pool.</param>
/// <param name="Source">The reference it follows, for example <c>default@champion</c>.</param>
/// <param name="Version">The version that serves, or null when none does.</param>
/// <param name="Hash">The hash of that version, or null.</param>
/// <param name="Generation">Counts the versions loaded by the pool, from 1; 0 when none serves.</param>
/// <param name="Fault">Why the version that should serve was refused, or null.</param>
public sealed record EngineStatus(string Engine, string Source, int? Version, string? Hash, long Generation, string? Fault);
