using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Storage.Keys;
using LeadPredict.Storage.Operations;

namespace LeadPredict.Pages.Tests;

/// <summary>Tests of pages over a SQLite store of their own, with a small model as champion.</summary>
public abstract class SmallStore : IAsyncLifetime
{
    private protected TemporaryFolder Folder { get; } = new();

    private protected IHistoryStore Store { get; private set; } = null!;

    private protected OperationsStore Operations { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        string connection = $"sqlite:{Folder["h.db"]}";
        Store = await HistoryStores.OpenAsync(connection, create: true);
        Operations = await OperationsStore.OpenAsync(connection, create: false);
        ModelRepository repository = new(Folder["models"]);
        await repository.PromoteAsync("small", await repository.PublishAsync(SmallModels.Draft(scorecard: ScorecardDefinition.Default.Yaml)));
        await FillAsync();
    }

    public virtual async Task DisposeAsync()
    {
        await Operations.DisposeAsync();
        await Store.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>What the tests find there; nothing by default.</summary>
    private protected virtual Task FillAsync() => Task.CompletedTask;

    /// <summary>Adds a key and tells it.</summary>
    private protected async Task<string> KeyAsync(string name, AccessScopes scopes)
    {
        (AccessKey key, string text) = AccessKeyText.Create(name, scopes, new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), null);
        await Operations.Keys.AddAsync(key);
        return text;
    }
}
