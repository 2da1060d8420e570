using LeadPredict.Storage.Operations;

namespace LeadPredict.Storage.Boards;

/// <summary>Finds the board beside a history.</summary>
public static class BoardStores
{
    /// <summary>The board of a store that <see cref="HistoryStores"/> opened; it is disposed of with the store.</summary>
    /// <exception cref="ArgumentException">It is of another kind.</exception>
    public static IBoardStore Of(IHistoryStore history) => new StoredBoard(StoreDatabases.Of(history));
}
