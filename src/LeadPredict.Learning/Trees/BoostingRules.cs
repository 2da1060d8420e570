namespace LeadPredict.Learning.Trees;

/// <summary>How trees follow one another.</summary>
internal sealed record BoostingRules
{
    /// <summary>How each tree grows.</summary>
    public required GrowthRules Growth { get; init; }

    /// <summary>Share of the rows each tree sees, above 0 to 1; drawn anew for each.</summary>
    public double RowShare { get; init; } = 1;

    /// <summary>Share of the columns each tree sees, above 0 to 1; drawn anew for each.</summary>
    public double ColumnShare { get; init; } = 1;

    /// <summary>How many threads work at once; 0 for as many as there are free processors. Never changes the trees.</summary>
    public int Threads { get; init; }

    /// <summary>Decides the draws.</summary>
    public int Seed { get; init; }
}
