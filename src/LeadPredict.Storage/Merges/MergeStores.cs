using LeadPredict.Storage.Operations;

namespace LeadPredict.Storage.Merges;

/// <summary>Finds the merges beside a history.</summary>
public static class MergeStores
{
    /// <summary>The merges of a store that <see cref="HistoryStores"/> opened; they are disposed of with the store.</summary>
    /// <exception cref="ArgumentException">It is of another kind.</exception>
    public static IMergeStore Of(IHistoryStore history) => new StoredMerges(StoreDatabases.Of(history));
}
