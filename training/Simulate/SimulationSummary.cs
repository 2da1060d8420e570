namespace LeadPredict.Training.Simulate;

/// <summary>What a simulation made: written to the manifest, and printed by <c>--json</c>.</summary>
internal sealed record SimulationSummary
{
    public required int Leads { get; init; }

    public required long Seed { get; init; }

    /// <summary>The first instant of the history, inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The last instant of the history, exclusive.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Entries into MQL with a truth.</summary>
    public required int MqlEpisodes { get; init; }

    /// <summary>Leads that were MQL at least once.</summary>
    public required int MqlLeads { get; init; }

    public required int RepeatedTouches { get; init; }

    /// <summary>The mean of the true P(SQL) over the episodes.</summary>
    public required double MeanPSql { get; init; }

    /// <summary>The mean of the true P(close) over the episodes.</summary>
    public required double MeanPClose { get; init; }

    public required IReadOnlyList<WrittenFile> Files { get; init; }
}
