namespace LeadPredict.Scoring.Pool;

/// <summary>An engine was asked for that the pool does not have, or has not been able to load yet.</summary>
public sealed class EngineNotReadyException : ScoringException
{
    /// <summary>Names the engine and says why.</summary>
    public EngineNotReadyException(string engine, string message)
        : base(message) => Engine = engine;

    /// <summary>The engine asked for.</summary>
    public string Engine { get; }
}
