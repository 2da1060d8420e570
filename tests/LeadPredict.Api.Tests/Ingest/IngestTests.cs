using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Tests of a service that takes deliveries into an empty SQLite store of its own.</summary>
public abstract class IngestTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected IHistoryStore Store { get; private set; } = null!;

    private protected ApiHost Api { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Store = await HistoryStores.OpenAsync("sqlite:" + _folder["history.db"], create: true);
        Api = await ApiHost.StartAsync(Store, model: false, change: Change);
    }

    public async Task DisposeAsync()
    {
        await Api.DisposeAsync();
        await Store.DisposeAsync();
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the service has other options for.</summary>
    protected virtual LeadPredictApiOptions Change(LeadPredictApiOptions options) => options;
}
