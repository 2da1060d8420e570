using LeadPredict.Funnel.Stages;

namespace LeadPredict.Training.Import.Recipes;

/// <summary>A place in the recipe, from 1.</summary>
internal readonly record struct Place(long Line, long Column);

/// <summary>Where a value comes from: a column, or the recipe itself.</summary>
/// <param name="Place">Where the recipe says so.</param>
/// <param name="Column">The column's name, or null for a constant.</param>
/// <param name="Constant">The constant, or null for a column.</param>
/// <param name="Map">Words of the column and what they mean; null as meaning makes the value missing, as an empty one does. Others stay as they are.</param>
internal sealed record CellSource(Place Place, string? Column, string? Constant, IReadOnlyDictionary<string, string?>? Map)
{
    /// <summary>Whether the constant is a plain word, which may have been meant for a column.</summary>
    public bool IsWord { get; init; }

    /// <summary>Other names of the column: the first that a header has is taken.</summary>
    public IReadOnlyList<string> Or { get; init; } = [];

    /// <summary>Whether a file may go without the column; it is then missing in every row.</summary>
    public bool Optional { get; init; }

    /// <summary>The member to take of a cell that holds a JSON object: of several the first that is there. Null takes the cell.</summary>
    public IReadOnlyList<string>? Json { get; init; }

    /// <summary>What parts the entries of a cell that lists several, of which the first is taken; null takes the cell whole.</summary>
    public string? FirstOf { get; init; }

    /// <summary>How the value is written where it is an identifier of a lead or an event; before prefix and suffix are put around it.</summary>
    public IdForm Form { get; init; }

    /// <summary>Put before the value, so that identifiers of several sources do not meet; nothing unless set.</summary>
    public string? Prefix { get; init; }

    /// <summary>Put after the value; nothing unless set.</summary>
    public string? Suffix { get; init; }

    /// <summary>Where the value comes from in rows in which it is missing here; null leaves it missing.</summary>
    public CellSource? Else { get; init; }

    /// <summary>What is put behind the value, parted by a blank, in rows that have it; null puts nothing there.</summary>
    public CellSource? Then { get; init; }

    /// <summary>This source and those that it goes on with.</summary>
    public IEnumerable<CellSource> All => [this, .. Else?.All ?? [], .. Then?.All ?? []];

    /// <summary>The same of identifiers.</summary>
    public CellSource As(IdForm form) => this with { Form = form, Else = Else?.As(form), Then = Then?.As(form) };
}

/// <summary>Demands something of a cell.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Is">The words it must be one of (without case); empty demands only that it is present.</param>
/// <param name="Negated">Whether it must not be so.</param>
internal sealed record Condition(CellSource Cell, IReadOnlyList<string> Is, bool Negated)
{
    /// <summary>The stages of which the cell must name one, in whatever word a transition would take for it; empty demands none.</summary>
    public IReadOnlyList<Stage> Stages { get; init; } = [];
}
