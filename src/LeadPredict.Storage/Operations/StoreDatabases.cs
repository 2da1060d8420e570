using LeadPredict.Storage.Postgres;
using LeadPredict.Storage.Sqlite;

namespace LeadPredict.Storage.Operations;

/// <summary>Finds the database behind a history.</summary>
internal static class StoreDatabases
{
    /// <exception cref="ArgumentException">It is of another kind.</exception>
    public static IStoreDatabase Of(IHistoryStore history) => history switch
    {
        SqliteHistoryStore sqlite => new SqliteStoreDatabase(sqlite.Database),
        PostgresHistoryStore postgres => new PostgresStoreDatabase(postgres.Database),
        _ => throw new ArgumentException($"{history?.GetType().Name ?? "nothing"} is no store; expected one that HistoryStores opened", nameof(history)),
    };
}
