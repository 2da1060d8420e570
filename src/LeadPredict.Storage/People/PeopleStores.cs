using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Sqlite;

namespace LeadPredict.Storage.People;

/// <summary>Finds people's rights beside a history.</summary>
public static class PeopleStores
{
    /// <summary>So long who forgets waits for readers of what was removed; most have done in less.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The rights over a store that <see cref="HistoryStores"/> opened; disposed of with the store.</summary>
    /// <exception cref="ArgumentException">It is of another kind.</exception>
    public static IPeopleStore Of(IHistoryStore history) => new StoredPeople(
        StoreDatabases.Of(history),
        history is SqliteHistoryStore sqlite ? () => Task.Run(() => sqlite.Database.Compact(Patience)) : () => Task.CompletedTask);
}
