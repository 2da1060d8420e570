namespace LeadPredict.Storage.Merges;

/// <summary>What is one.</summary>
public enum MergeKind
{
    /// <summary>Two leads are one person.</summary>
    Lead,

    /// <summary>Two accounts are one company.</summary>
    Account,

    /// <summary>A lead without an account belongs to one.</summary>
    Attach,
}

/// <summary>What became of a sender's record by the merges that were told (<see cref="ToldMerge"/>).</summary>
public enum SenderRecord
{
    /// <summary>Nothing was told of it.</summary>
    Untold,

    /// <summary>Others went into it.</summary>
    Survivor,

    /// <summary>It went into another; the sender has it no more.</summary>
    Merged,
}

/// <summary>Two that are read as one.</summary>
/// <param name="Id">Names the merge.</param>
/// <param name="Kind">What is one.</param>
/// <param name="Kept">The lead or account that both are read as.</param>
/// <param name="Merged">The other one.</param>
/// <param name="Reason">Why.</param>
/// <param name="MergedAt">When it was said.</param>
/// <param name="UndoneAt">When it was taken back, or null.</param>
public sealed record Merge(long Id, MergeKind Kind, string Kept, string Merged, string Reason, DateTimeOffset MergedAt, DateTimeOffset? UndoneAt);

/// <summary>Two to be read as one.</summary>
/// <param name="Kind">What is one.</param>
/// <param name="Kept">The lead or account that both are read as.</param>
/// <param name="Merged">The other one.</param>
/// <param name="Reason">Why.</param>
public sealed record MergeWish(MergeKind Kind, string Kept, string Merged, string Reason);

/// <summary>The merge is refused; the message says why.</summary>
public sealed class MergeRefusedException : Errors.StorageException
{
    internal MergeRefusedException(string message)
        : base(message)
    {
    }
}

/// <summary>Leads that are one person and accounts that are one company. No row is moved or changed: every read of the history joins them.</summary>
/// <remarks>Safe to use from several threads and processes. What is undone reads as if it had never been, rows that came meanwhile included.</remarks>
public interface IMergeStore
{
    /// <summary>Reads each two as one from now on: all of them, or none when it throws.</summary>
    /// <exception cref="MergeRefusedException">One of two is not known, they are one already, or the lead to attach has an account.</exception>
    Task<IReadOnlyList<Merge>> MergeAsync(IReadOnlyList<MergeWish> wishes, DateTimeOffset at, CancellationToken ct = default);

    /// <summary>Takes a merge back.</summary>
    /// <returns>Whether there was such a merge that was not undone.</returns>
    Task<bool> UndoAsync(long id, DateTimeOffset at, CancellationToken ct = default);

    /// <summary>Every merge, undone ones too, oldest first.</summary>
    Task<IReadOnlyList<Merge>> ListAsync(CancellationToken ct = default);

    /// <summary>What became of a record of this name, whether its merges were taken back here or not.</summary>
    Task<SenderRecord> FindRecordAsync(string name, CancellationToken ct = default);
}
