using LeadPredict.Storage.Tests.Contract;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Storage.Tests.Postgres;

/// <summary>A store in a database of its own on the shared server.</summary>
public sealed class PostgresTestedStore : TestedStore
{
    private string _database = "";

    public override async Task<IHistoryStore> OpenEmptyAsync()
    {
        _database = await EmptyPostgresStore.CreateAsync();
        return await HistoryStores.OpenAsync(_database, create: false);
    }

    /// <summary>Opens an empty store in a database of such a locale.</summary>
    public async Task<IHistoryStore> OpenEmptyAsync(string locale)
    {
        _database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync(locale);
        return await HistoryStores.OpenAsync(_database, create: true);
    }

    public override async Task<string> SchemaAsync() => (string)(await PostgresCluster.ExecuteOnAsync(
        _database,
        """
        SELECT string_agg(table_schema || '.' || table_name || '.' || column_name || ' ' || data_type, E'\n' ORDER BY table_name, ordinal_position)
        FROM information_schema.columns WHERE table_schema IN ('leadpredict', 'public')
        """))!;

    public override async Task<IReadOnlyList<string>> TablesAsync() => ((string)(await PostgresCluster.ExecuteOnAsync(
        _database, "SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = 'leadpredict'"))!).Split(',');

    public override async Task<string> EverythingAsync()
    {
        var everything = new System.Text.StringBuilder();
        foreach (string table in await TablesAsync())
        {
            everything.AppendLine((await PostgresCluster.ExecuteOnAsync(_database, $"SELECT string_agg(t::text, E'\\n') FROM leadpredict.{table} t"))?.ToString());
        }

        return everything.ToString();
    }

    public override Task RunAsync(string statement) => PostgresCluster.ExecuteOnAsync(_database, "SET search_path = leadpredict; " + statement);
}
