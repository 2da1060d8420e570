namespace LeadPredict.Scoring.Pool;

/// <summary>What happened to a named engine.</summary>
public enum EngineChangeKind
{
    /// <summary>A version began to serve.</summary>
    Serving = 0,

    /// <summary>A version was refused; what served before goes on.</summary>
    Refused = 1,

    /// <summary>The last lease of a version that no longer serves came back, and it was freed.</summary>
    Freed = 2,
}

/// <summary>A change of a named engine, for logs.</summary>
/// <param name="Engine">The engine's name in the pool.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Model"><c>name@version</c>, or the reference that could not be resolved.</param>
/// <param name="Generation">The generation, from 1; 0 when there is none.</param>
/// <param name="Fault">Why it was refused, or null.</param>
public sealed record EngineChange(string Engine, EngineChangeKind Kind, string Model, long Generation, string? Fault);
