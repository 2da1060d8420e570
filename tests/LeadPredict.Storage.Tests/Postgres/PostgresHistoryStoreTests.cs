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
}
