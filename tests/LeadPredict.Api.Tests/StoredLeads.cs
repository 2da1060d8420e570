using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;

namespace LeadPredict.Api.Tests;

/// <summary>Tests over a SQLite store of their own: the history, and what a service keeps beside it.</summary>
public abstract class StoredLeads : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private protected IHistoryStore History { get; private set; } = null!;

    private protected OperationsStore Operations { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        string connection = "sqlite:" + _folder["leads.db"];
        History = await HistoryStores.OpenAsync(connection, create: true);
        Operations = await OperationsStore.OpenAsync(connection, create: false);
        await BeginAsync();
    }

    public async Task DisposeAsync()
    {
        await EndAsync();
        await Operations.DisposeAsync();
        await History.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>What else the tests need, once the store is open.</summary>
    private protected virtual Task BeginAsync() => Task.CompletedTask;

    /// <summary>Ends what was begun, before the store is closed.</summary>
    private protected virtual Task EndAsync() => Task.CompletedTask;
}
