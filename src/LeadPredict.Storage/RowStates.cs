namespace LeadPredict.Storage;

/// <summary>What became of one row.</summary>
public enum RowState
{
    /// <summary>New, and now kept.</summary>
    Added = 0,

    /// <summary>Known before, or earlier in the batch.</summary>
    Known,

    /// <summary>Kept aside until its lead is known.</summary>
    Waiting,

    /// <summary>Its lead is not known; not kept.</summary>
    Orphaned,

    /// <summary>It is of a person who asked to be forgotten; not kept.</summary>
    Forgotten,
}

/// <summary>What became of each row of a batch: every list stands beside the batch's list of the same name.</summary>
public sealed record RowStates(
    IReadOnlyList<RowState> Accounts,
    IReadOnlyList<RowState> Leads,
    IReadOnlyList<RowState> Touches,
    IReadOnlyList<RowState> Attributes,
    IReadOnlyList<RowState> Transitions,
    IReadOnlyList<RowState> Outcomes,
    IReadOnlyList<RowState> Aliases);
