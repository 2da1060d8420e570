using LeadPredict.Testing.Postgres;

namespace LeadPredict.Storage.Tests.Postgres;

/// <summary>Empty stores on the shared server: copies of one, since every migration of each takes ten times as long.</summary>
internal static class EmptyPostgresStore
{
    private static readonly Lazy<Task<string>> Migrated = new(MigrateAsync);

    /// <summary>How to connect to a new one.</summary>
    public static async Task<string> CreateAsync() => await (await PostgresCluster.SharedAsync()).CopyDatabaseAsync(await Migrated.Value);

    private static async Task<string> MigrateAsync()
    {
        string database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        await using IHistoryStore store = await HistoryStores.OpenAsync(database, create: true);
        return database;
    }
}
