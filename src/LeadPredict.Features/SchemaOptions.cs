namespace LeadPredict.Features;

/// <summary>How a schema is learned from training rows.</summary>
public sealed record SchemaOptions
{
    /// <summary>How many training rows must have a touch type or attribute for it to become a feature, and of how many accounts those must be that have a touch's property; default 10, at least 1.</summary>
    public int MinimumCount { get; init; } = 10;

    /// <summary>
    /// Of how many accounts those rows must be that have a value, for it to become a category; rows of a table each count, or each group of them. Default 3, at least 1.
    /// Learners hold back what few rows say. What one lead alone says tells how long it was open: only then does it come in many rows.
    /// </summary>
    public int CategoryMinimumCount { get; init; } = 3;

    /// <summary>At most this many categories a feature, the commonest, beside "other"; default 500, 1 to 10,000.</summary>
    public int MaximumCategories { get; init; } = 500;

    /// <summary>The lookbacks of touch counts in days beside "all"; default 7, 30, 90; each 1 to 3,650.</summary>
    public IReadOnlyList<int> Lookbacks { get; init; } = [7, 30, 90];

    /// <summary>Attributes, columns, features or groups to leave out by name, without regard to case; default none. The label column belongs here.</summary>
    public IReadOnlyCollection<string> Drop { get; init; } = [];

    /// <summary>Cells that mean missing in table mode, beside blank ones; default <see cref="Words.MissingWords.Usual"/>. Not used in history mode.</summary>
    public IReadOnlyList<string> MissingWords { get; init; } = Words.MissingWords.Usual;

    /// <summary>Table mode: the column with the row's instant; other dates are then read as days before it. Default none: dates are read as ordinal days.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Whether columns that hold the present state of an export (<c>lifecyclestage</c>, <c>IsConverted</c>) are kept; default false.</summary>
    public bool KeepStateColumns { get; init; }
}

/// <summary>Why an attribute or column became no feature, or perhaps not the one that is meant.</summary>
/// <param name="Name">The attribute or column.</param>
/// <param name="Reason">In plain words, with figures.</param>
public sealed record SchemaNote(string Name, string Reason);

/// <summary>A schema and what was left out of it.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="LeftOut">The attributes and columns that became no feature, each with the reason, in order of name.</param>
/// <param name="Rows">How many training rows it was learned from.</param>
public sealed record SchemaDraft(FeatureSchema Schema, IReadOnlyList<SchemaNote> LeftOut, int Rows)
{
    /// <summary>Attributes and columns that seem to be meant for numbers and are read as texts, each with what hinders, in the order in which they came; default none.</summary>
    public IReadOnlyList<SchemaNote> Doubts { get; init; } = [];

    /// <summary>Those of <see cref="SchemaOptions.Drop"/> that named nothing, in order of name; default none.</summary>
    public IReadOnlyList<string> DroppedInVain { get; init; } = [];
}
