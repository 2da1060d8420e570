using LeadPredict.Storage.Tests.Contract;

namespace LeadPredict.Storage.Tests.Sqlite;

public sealed class SqliteHistoryStoreTests : HistoryStoreContract, IDisposable
{
    private readonly StoreFolder _folder = new();

    protected override Task<IHistoryStore> OpenEmptyAsync() => HistoryStores.OpenAsync(_folder.Connection("history.db"), create: true);

    public void Dispose() => _folder.Dispose();
}
