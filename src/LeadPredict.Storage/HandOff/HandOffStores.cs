using LeadPredict.Storage.Operations;

namespace LeadPredict.Storage.HandOff;

/// <summary>Finds the hand-off beside a history.</summary>
public static class HandOffStores
{
    /// <summary>The hand-off's part of a store that <see cref="HistoryStores"/> opened; it is disposed of with the store.</summary>
    /// <param name="history">The history store.</param>
    /// <exception cref="ArgumentException">It is of another kind.</exception>
    public static IHandOffStore Of(IHistoryStore history) => history switch
    {
        Sqlite.SqliteHistoryStore sqlite => new HandOffStore(HandOffStatements.Sqlite, new SqliteStoreDatabase(sqlite.Database)),
        Postgres.PostgresHistoryStore postgres => new HandOffStore(HandOffStatements.Postgres, new PostgresStoreDatabase(postgres.Database)),
        _ => throw new ArgumentException($"{history?.GetType().Name ?? "nothing"} has no hand-off; expected a store that HistoryStores opened", nameof(history)),
    };
}
