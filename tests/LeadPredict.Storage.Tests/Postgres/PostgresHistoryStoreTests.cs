using LeadPredict.Storage.Tests.Contract;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Storage.Tests.Postgres;

[NeedsPostgres]
public sealed class PostgresHistoryStoreTests : HistoryStoreContract
{
    protected override async Task<IHistoryStore> OpenEmptyAsync() =>
        await HistoryStores.OpenAsync(await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync(), create: true);
}
