namespace LeadPredict.Scoring.Pool;

/// <summary>How a pool behaves.</summary>
public sealed record PredictionEnginePoolOptions
{
    /// <summary>How often the aliases are looked at for a new version. Default 2 seconds; <see cref="TimeSpan.Zero"/> never looks by itself.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many idle engines a generation keeps. Default 64; at least 1. More may be rented at once; what is over is let go on return.</summary>
    public int MaxIdle { get; init; } = 64;
}
