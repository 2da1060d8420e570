namespace LeadPredict.Learning.Trees;

/// <summary>How trees follow one another.</summary>
internal sealed record BoostingRules
{
    /// <summary>How each tree grows.</summary>
    public required GrowthRules Growth { get; init; }

    /// <summary>Share of the rows each tree sees, above 0 to 1; drawn anew for each.</summary>
    public double RowShare { get; init; } = 1;

    /// <summary>
    /// Whether every two trees that follow one another share the rows out between them, drawn anew for each two; then <see cref="RowShare"/> has no
    /// effect. All rows have their say as often, so what a tree sees varies less than with half of the rows drawn for each.
    /// </summary>
    public bool Halves { get; init; }

    /// <summary>Share of the columns each tree sees, above 0 to 1; drawn anew for each.</summary>
    public double ColumnShare { get; init; } = 1;

    /// <summary>Whether each tree sees all rows and columns, so that after one without a split there is none to come.</summary>
    public bool SeesAll => RowShare >= 1 && ColumnShare >= 1 && !Halves;

    /// <summary>How many threads work at once; 0 for as many as there are free processors. Never changes the trees.</summary>
    public int Threads { get; init; }

    /// <summary>Decides the draws.</summary>
    public int Seed { get; init; }
}
