namespace LeadPredict.Storage;

/// <summary>What became of the rows of one kind; the four sum to the rows given.</summary>
/// <param name="Added">New, and now kept.</param>
/// <param name="AlreadyKnown">Their identifier was there before, or earlier in the batch; what was there stands.</param>
/// <param name="Orphaned">Their lead is not known: they wait for it where the batch is <see cref="HistoryBatch.Delivered"/>, else they are not kept.</param>
/// <param name="Forgotten">They are of people who asked to be forgotten; not kept.</param>
public readonly record struct AppendCount(long Added, long AlreadyKnown, long Orphaned = 0, long Forgotten = 0)
{
    /// <summary>Sums two counts.</summary>
    public static AppendCount operator +(AppendCount a, AppendCount b) =>
        new(a.Added + b.Added, a.AlreadyKnown + b.AlreadyKnown, a.Orphaned + b.Orphaned, a.Forgotten + b.Forgotten);

    /// <summary>Sums two counts.</summary>
    public static AppendCount Add(AppendCount left, AppendCount right) => left + right;
}

/// <summary>What became of a batch, kind by kind.</summary>
public sealed record AppendResult
{
    /// <summary>Nothing appended yet.</summary>
    public static readonly AppendResult Empty = new();

    /// <summary>Companies.</summary>
    public AppendCount Accounts { get; init; }

    /// <summary>Leads.</summary>
    public AppendCount Leads { get; init; }

    /// <summary>Touches.</summary>
    public AppendCount Touches { get; init; }

    /// <summary>Attribute changes.</summary>
    public AppendCount Attributes { get; init; }

    /// <summary>Stage transitions.</summary>
    public AppendCount Transitions { get; init; }

    /// <summary>Outcomes.</summary>
    public AppendCount Outcomes { get; init; }

    /// <summary>The leads that rows spoke of and nobody knows, each once, in ordinal order.</summary>
    public IReadOnlyList<string> UnknownLeads { get; init; } = [];

    /// <summary>
    /// The known leads that the rows, and rows that had waited for them, are now part of, under the identifiers that they are kept under, each once; and both of each two
    /// that their sender merged. Where <see cref="HistoryBatch.TellStates"/> asks; else empty.
    /// </summary>
    public IReadOnlyList<string> ChangedLeads { get; init; } = [];

    /// <summary>The leads of which the rows, and rows that had waited for them, say anew that the person objects to being profiled, each once.</summary>
    public IReadOnlyList<string> ObjectingLeads { get; init; } = [];

    /// <summary>Outcomes that are known to have ended the other way, won, or lost at the same time or later: as they were told first they stand, and these are not kept.</summary>
    public long OtherEnds { get; init; }

    /// <summary>What became of each row, where <see cref="HistoryBatch.TellStates"/> asks; else null.</summary>
    public RowStates? States { get; init; }

    /// <summary>All kinds together.</summary>
    public AppendCount Total => Accounts + Leads + Touches + Attributes + Transitions + Outcomes;

    /// <summary>This and another result as one.</summary>
    public AppendResult With(AppendResult other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            Accounts = Accounts + other.Accounts,
            Leads = Leads + other.Leads,
            Touches = Touches + other.Touches,
            Attributes = Attributes + other.Attributes,
            Transitions = Transitions + other.Transitions,
            Outcomes = Outcomes + other.Outcomes,
            OtherEnds = OtherEnds + other.OtherEnds,
            UnknownLeads = [.. UnknownLeads.Union(other.UnknownLeads, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            ChangedLeads = [.. ChangedLeads.Union(other.ChangedLeads, StringComparer.Ordinal)],
            ObjectingLeads = [.. ObjectingLeads.Union(other.ObjectingLeads, StringComparer.Ordinal)],
        };
    }
}
