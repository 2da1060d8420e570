using System.Text.Json;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Pages.Tests;

/// <summary>A real marketing funnel in a store, and a champion that learned from it.</summary>
public sealed class RealService : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private IHistoryStore? _store;

    public PageHost Host { get; private set; } = null!;

    /// <summary>The first lead of the call list.</summary>
    public string LeadId { get; private set; } = "";

    private string Connection => $"sqlite:{_folder["olist.db"]}";

    public async Task InitializeAsync()
    {
        if ((Browser.SkipReason ?? SharedFiles.SkipReason) is not null)
        {
            return;
        }

        await RunAsync("import", SharedFiles.Real("raw"), "--recipe", SharedFiles.Repository("tests", "recipes", "olist.yaml"), "--store", Connection);
        await RunAsync(
            "train", "--store", Connection, "--models", _folder["models"], "--name", "leads", "--trees", "40",
            "--scorecard", SharedFiles.Repository("tests", "scorecards", "olist.yaml"), "--drop", "behaviourProfile,businessSegment,businessType,leadType");
        await RunAsync("promote", "--models", _folder["models"], "--model", "leads@1");
        _store = await HistoryStores.OpenAsync(Connection, create: false);
        Host = await PageHost.StartAsync(new() { Models = _folder["models"], Store = _store });
        using var client = new HttpClient();
        using JsonDocument first = JsonDocument.Parse(await client.GetStringAsync(Host.Address + "/v1/leads?limit=1"));
        LeadId = first.RootElement.GetProperty("leads")[0].GetProperty("leadId").GetString()!;
    }

    public async Task DisposeAsync()
    {
        if (_store is not null)
        {
            await Host.DisposeAsync();
            await _store.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static async Task RunAsync(params string[] arguments)
    {
        (int code, string text) = await SampleService.RunAsync(arguments);
        code.ShouldBe(0, text);
    }
}

/// <summary>Every page with the data of a real company: one link, no sales qualification, names that are hashes.</summary>
[CollectionDefinition(Name)]
public sealed class RealTests : ICollectionFixture<RealService>, ICollectionFixture<Browser>
{
    public const string Name = "real";
}

[Collection(RealTests.Name)]
public sealed class RealPages(RealService service, Browser browser)
{
    [RealBrowserTheory]
    [InlineData("/")]
    [InlineData("/calls")]
    [InlineData("/lead")]
    [InlineData("/funnel")]
    [InlineData("/models")]
    [InlineData("/scorecard")]
    public Task Page_OfARealFunnel_HoldsItsTexts(string path) =>
        PageChecks.ShouldHoldItsTextsAsync(browser, service.Host.Address + path + (path == "/lead" ? $"?id={service.LeadId}" : ""));
}

/// <summary>Tests with cases on real data in a browser: skipped by name where either is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealBrowserTheoryAttribute : TheoryAttribute
{
    public RealBrowserTheoryAttribute() => Skip = SharedFiles.SkipReason ?? Browser.SkipReason;
}
