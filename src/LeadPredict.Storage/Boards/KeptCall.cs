namespace LeadPredict.Storage.Boards;

/// <summary>A lead on the call list: what the list is filtered and sorted by, and the row as it is shown. Immutable.</summary>
public sealed record KeptCall
{
    /// <summary>The lead.</summary>
    public required string LeadId { get; init; }

    /// <summary>Where it stands, by name.</summary>
    public required string Stage { get; init; }

    /// <summary>Where it came from.</summary>
    public required string Source { get; init; }

    /// <summary>Whose turn it is.</summary>
    public required string Owner { get; init; }

    /// <summary>A to D.</summary>
    public required string Grade { get; init; }

    /// <summary>Whether model and rules say the same, by name.</summary>
    public required string Agreement { get; init; }

    /// <summary>What the lead is found by.</summary>
    public required string Sought { get; init; }

    /// <summary>Whether its chance and worth are promised. One that is not comes after all others in <see cref="CallOrder.Worth"/> and is in no sum. Default true.</summary>
    public bool IsPromise { get; init; } = true;

    /// <summary>What a call is worth, or null.</summary>
    public double? Worth { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Probability { get; init; }

    /// <summary>The rules' points, or null.</summary>
    public double? Points { get; init; }

    /// <summary>Since when it stands there.</summary>
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>Until when the first call was promised, or null.</summary>
    public DateTimeOffset? CallDue { get; init; }

    /// <summary>The row as it is shown; the store does not look into it.</summary>
    public required string Content { get; init; }
}

/// <summary>Which leads of the list; null is any.</summary>
/// <param name="Stage">By name.</param>
/// <param name="Source">By name.</param>
/// <param name="Owner">By name.</param>
/// <param name="Grade">A to D.</param>
/// <param name="Agreement">By name.</param>
/// <param name="Find">Stands in <see cref="KeptCall.Sought"/>, whatever its case.</param>
public sealed record CallFilter(
    string? Stage = null, string? Source = null, string? Owner = null, string? Grade = null, string? Agreement = null, string? Find = null);

/// <summary>In what order.</summary>
public enum CallOrder
{
    /// <summary>What a call is worth, or the chance where none has a worth, most first.</summary>
    Worth,

    /// <summary>The likeliest first.</summary>
    Probability,

    /// <summary>The most points first; those without last.</summary>
    Points,

    /// <summary>The first call that was promised first; those without last.</summary>
    Due,

    /// <summary>Who has stood longest where it stands first.</summary>
    Waiting,
}

/// <summary>A list in figures.</summary>
/// <param name="Leads">How many leads.</param>
/// <param name="Overdue">Of these, first calls that were due.</param>
/// <param name="First">How many stand within the capacity.</param>
/// <param name="Wins">The sum of the chances that are promised of them.</param>
/// <param name="Worth">The sum of what these are worth, or null where that is not known of each.</param>
public sealed record CallTotals(int Leads, int Overdue, int First, double Wins, double? Worth);
