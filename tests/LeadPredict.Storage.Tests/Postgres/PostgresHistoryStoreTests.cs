using LeadPredict.Storage.Tests.Contract;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Storage.Tests.Postgres;

[NeedsPostgres]
public sealed class PostgresHistoryStoreTests : HistoryStoreContract
{
    private string _database = "";

    protected override async Task<IHistoryStore> OpenEmptyAsync()
    {
        _database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        return await HistoryStores.OpenAsync(_database, create: true);
    }

    protected override async Task<string> SchemaAsync() => (string)(await PostgresCluster.ExecuteOnAsync(
        _database,
        """
        SELECT string_agg(table_schema || '.' || table_name || '.' || column_name || ' ' || data_type, E'\n' ORDER BY table_name, ordinal_position)
        FROM information_schema.columns WHERE table_schema IN ('leadpredict', 'public')
        """))!;

    protected override async Task<IReadOnlyList<string>> TablesAsync() => ((string)(await PostgresCluster.ExecuteOnAsync(
        _database, "SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = 'leadpredict'"))!).Split(',');

    protected override async Task<string> EverythingAsync()
    {
        var everything = new System.Text.StringBuilder();
        foreach (string table in await TablesAsync())
        {
            everything.AppendLine((await PostgresCluster.ExecuteOnAsync(_database, $"SELECT string_agg(t::text, E'\\n') FROM leadpredict.{table} t"))?.ToString());
        }

        return everything.ToString();
    }

    protected override Task RunAsync(string statement) => PostgresCluster.ExecuteOnAsync(_database, "SET search_path = leadpredict; " + statement);
}
