using Dapper;
using LeadPredict.Storage.Tests.Contract;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Tests.Sqlite;

public sealed class SqliteHistoryStoreTests : HistoryStoreContract, IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<IHistoryStore> OpenEmptyAsync() => HistoryStores.OpenAsync(_folder.Connection("history.db"), create: true);

    protected override async Task<string> SchemaAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("history.db")};Pooling=False");
        return string.Join('\n', await connection.QueryAsync<string?>("SELECT sql FROM sqlite_schema ORDER BY name"));
    }
}
