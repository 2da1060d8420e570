using LeadPredict.Funnel.Stages;
using LeadPredict.Training.Csv;

namespace LeadPredict.Training.Import.Recipes;

/// <summary>How the CSV files of one source become lead history.</summary>
internal sealed record Recipe
{
    /// <summary>The recipe's file as it was named.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it ships with the program, and tells more than any one export has.</summary>
    public bool IsShipped { get; init; }

    public required RecipeFormat Format { get; init; }

    /// <summary>The steps that are dated, or null when the store's own stay.</summary>
    public FunnelDefinition? Funnel { get; init; }

    /// <summary>In the order in which they are read: leads before what is said of them.</summary>
    public required IReadOnlyList<FileRecipe> Files { get; init; }
}

/// <summary>How the files are written.</summary>
internal sealed record RecipeFormat
{
    public CsvFormat Csv { get; init; } = CsvFormat.Default;

    /// <summary><c>.</c> or <c>,</c>.</summary>
    public char DecimalMark { get; init; } = '.';

    /// <summary>The zone of times that name none.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>How the identifiers of leads and events are written.</summary>
    public IdForm Ids { get; init; }

    /// <summary>Formats tried before the common shapes.</summary>
    public IReadOnlyList<string> Times { get; init; } = [];
}

/// <summary>What the rows of one kind of file are.</summary>
internal sealed record FileRecipe
{
    /// <summary>A name, or a pattern with <c>*</c> and <c>?</c>.</summary>
    public required string Pattern { get; init; }

    /// <summary>Patterns of files that are none of these, though they fit.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    public required Place Place { get; init; }

    /// <summary>Whether an import may go without it.</summary>
    public bool Optional { get; init; }

    public IReadOnlyList<JoinRecipe> Joins { get; init; } = [];

    /// <summary>The lead that the rows are about; null where <see cref="Lead"/> makes it, and for files of accounts alone.</summary>
    public CellSource? LeadId { get; init; }

    public LeadRecipe? Lead { get; init; }

    public AccountRecipe? Account { get; init; }

    public IReadOnlyList<AttributeRecipe> Attributes { get; init; } = [];

    public IReadOnlyList<TouchRecipe> Touches { get; init; } = [];

    public IReadOnlyList<TransitionRecipe> Transitions { get; init; } = [];

    public IReadOnlyList<OutcomeRecipe> Outcomes { get; init; } = [];
}

/// <summary>Another file whose row of the same key stands beside each row, as columns <c>NAME.column</c>. It is held in memory.</summary>
internal sealed record JoinRecipe
{
    public required string Pattern { get; init; }

    public required Place Place { get; init; }

    /// <summary>Whether an import may go without it; columns of it that are optional are then missing in every row.</summary>
    public bool Optional { get; init; }

    /// <summary>What its columns are called by.</summary>
    public required string Alias { get; init; }

    /// <summary>Names of its key column: the first that its header has is taken.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>What the key must equal.</summary>
    public required CellSource EqualTo { get; init; }

    /// <summary>When its columns are known; null means with the lead's creation.</summary>
    public CellSource? KnownAt { get; init; }
}

/// <summary>A row that makes a lead.</summary>
internal sealed record LeadRecipe(CellSource Id, CellSource CreatedAt, CellSource? RecordedAt, CellSource? Source, CellSource? Account)
{
    /// <summary>When it was known of which account the lead is; null means with its creation.</summary>
    public CellSource? AccountKnownAt { get; init; }

    /// <summary>Other names of the lead: rows that use them are the lead's, from whatever source.</summary>
    public IReadOnlyList<CellSource> Aliases { get; init; } = [];

    /// <summary>The lead that this one was merged into; null where the files tell of no merges.</summary>
    public CellSource? MergedInto { get; init; }

    /// <summary>Why the two are one.</summary>
    public string MergeReason { get; init; } = "merged in the system exported from";

    /// <summary>All must hold for the row to make a lead; a row of which they do not is passed over.</summary>
    public IReadOnlyList<Condition> When { get; init; } = [];
}

/// <summary>A row that makes an account; without an identifier in the row it makes none.</summary>
internal sealed record AccountRecipe(CellSource Id, CellSource? Name, CellSource? Domain, CellSource? CreatedAt, CellSource? RecordedAt);

/// <summary>What a cell is read as.</summary>
internal enum CellType
{
    /// <summary>Text, whatever it looks like.</summary>
    Text,

    /// <summary>A number; anything else is rejected.</summary>
    Number,

    /// <summary>true, yes, y, on, 1 or false, no, n, off, 0; anything else is rejected.</summary>
    Boolean,

    /// <summary>A number that is written plainly, true or false, else text.</summary>
    Auto,
}

/// <summary>A cell that is an attribute of the lead.</summary>
/// <param name="Name">The attribute's name, constant or from a column.</param>
/// <param name="Value">Its value.</param>
/// <param name="Type">What the value is read as.</param>
/// <param name="KnownAt">When it took the value and we knew; null means with the lead's creation.</param>
/// <param name="RecordedAt">When we knew, if later.</param>
/// <param name="IsChange">Whether the row tells a change: then a missing value clears the attribute, and a missing time is rejected.</param>
internal sealed record AttributeRecipe(
    CellSource Name, CellSource Value, CellType Type, CellSource? KnownAt, CellSource? RecordedAt, bool IsChange = false)
{
    /// <summary>What it was before the change; null where the recipe does not say it. Where it does, rows of leads do not tell the creation's value of attributes that changed.</summary>
    public CellSource? Was { get; init; }

    /// <summary>Whether the lead has the value from its creation on.</summary>
    public bool IsOfCreation => !IsChange && KnownAt is null;

    /// <summary>What the values of certain attributes are read as, by name, where a column has those of many.</summary>
    public IReadOnlyDictionary<string, CellType> Types { get; init; } = new Dictionary<string, CellType>();

    /// <summary>All must hold for the row to tell the change.</summary>
    public IReadOnlyList<Condition> When { get; init; } = [];
}

/// <summary>What touches, transitions and outcomes share.</summary>
internal abstract record EventRecipe
{
    public required Place Place { get; init; }

    /// <summary>Null derives the identifier from the content.</summary>
    public CellSource? Id { get; init; }

    public required CellSource At { get; init; }

    /// <summary>The event takes this time where its own lies before it, as that of a day does, which is read as its midnight; null sets no bound.</summary>
    public CellSource? NotBefore { get; init; }

    /// <summary>Null means when it happened.</summary>
    public CellSource? RecordedAt { get; init; }

    /// <summary>All must hold for the row to tell this event.</summary>
    public IReadOnlyList<Condition> When { get; init; } = [];
}

/// <summary>A row that tells a touch.</summary>
internal sealed record TouchRecipe : EventRecipe
{
    public required CellSource Type { get; init; }

    public IReadOnlyList<(string Name, CellSource Value, CellType Type)> Properties { get; init; } = [];

    /// <summary>A column that holds a JSON object of properties.</summary>
    public CellSource? PropertiesJson { get; init; }

    /// <summary>Members of that object that are not kept.</summary>
    public IReadOnlyList<string> LeaveOut { get; init; } = [];
}

/// <summary>A row that tells a stage entered.</summary>
internal sealed record TransitionRecipe : EventRecipe
{
    public required CellSource Stage { get; init; }

    public CellSource? Actor { get; init; }

    public CellSource? Reason { get; init; }
}

/// <summary>A row that tells what a deal was worth.</summary>
internal sealed record OutcomeRecipe : EventRecipe
{
    public required CellSource Won { get; init; }

    public CellSource? Amount { get; init; }

    public CellSource? Currency { get; init; }
}
