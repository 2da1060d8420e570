using System.Text.Json;
using LeadPredict.Api;
using LeadPredict.Api.Boards;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Scoring.Comparison;
using LeadPredict.Storage;
using LeadPredict.Testing;
using LeadPredict.Training;
using LeadPredict.Training.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LeadPredict.Pages.Tests;

/// <summary>The service on a port of its own.</summary>
public sealed class PageHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageHost(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<PageHost> StartAsync(LeadPredictApiOptions options)
    {
        WebApplication app = LeadPredictApi.Create(options with { Urls = "http://127.0.0.1:0", PollInterval = TimeSpan.Zero });
        await app.StartAsync();
        if (options is { Store: not null, RequireKeys: false })
        {
            // On a busy machine a page may not wait long enough for the first look at the history.
            using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(4) };
            await Task.WhenAll(client.GetAsync(app.Urls.First() + "/v1/funnel"), client.GetAsync(app.Urls.First() + "/v1/leads?limit=1"));
        }

        return new(app);
    }

    /// <summary>What pages show is out of date from now on.</summary>
    public void Invalidate() => _app.Services.GetRequiredService<BoardKeeper>().Invalidate();

    /// <summary>A page's HTML, its entities decoded.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var client = new HttpClient();
        return System.Net.WebUtility.HtmlDecode(await client.GetStringAsync(Address + path));
    }

    /// <summary>What a browser is answered, its entities decoded.</summary>
    public async Task<(System.Net.HttpStatusCode Status, string Page)> OpenAsync(string path)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using HttpResponseMessage answer = await client.GetAsync(Address + path);
        return (answer.StatusCode, System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

/// <summary>The samples in a store, and the committed champion published anew with a comparison whose counts can be counted again.</summary>
public sealed class SampleService : IAsyncLifetime
{
    public const string AdminKey = "an-admin-key-of-the-tests";

    private readonly TemporaryFolder _folder = new();

    public IHistoryStore Store { get; private set; } = null!;

    public PageHost Host { get; private set; } = null!;

    public ComparisonRows Rows { get; private set; } = null!;

    public string Connection => $"sqlite:{_folder["samples.db"]}";

    public string Models => _folder["models"];

    public string File(string name) => _folder[name];

    public async Task InitializeAsync()
    {
        (await RunAsync("import", SharedFiles.Repository("data-samples"), "--store", Connection)).Code.ShouldBe(0);
        Store = await HistoryStores.OpenAsync(Connection, create: false);
        ModelArtifact committed = new ModelRepository(SharedFiles.Repository("models")).Load("leads", 1);
        List<string> leads = [];
        await foreach (string id in Store.ReadLeadIdsAsync())
        {
            leads.Add(id);
        }

        Rows = Draw(leads);
        ComparisonReport report = ModelComparison.Compare(Rows, seed: 1, resamples: 100);
        var repository = new ModelRepository(Models);
        int version = await repository.PublishAsync(committed.Content with
        {
            ComparisonJson = JsonSerializer.Serialize(new { verdict = report.Sentence, sql = (ComparisonReport?)null, close = report }, ConsoleHost.JsonOptions),
        });
        await repository.PromoteAsync("leads", version);
        Host = await PageHost.StartAsync(new() { Models = Models, Store = Store, AdminKey = AdminKey });
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Store.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Runs the console.</summary>
    public static async Task<(int Code, string Out)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await Program.RunAsync(arguments, new ConsoleHost(output, error, TimeProvider.System));
        return (code, output + error.ToString());
    }

    private static ComparisonRows Draw(List<string> leads)
    {
        Random random = new(3);
        const int Count = 600;
        double[] truth = [.. Enumerable.Range(0, Count).Select(_ => Math.Pow(random.NextDouble(), 3))];
        byte[] labels = [.. truth.Select(p => random.NextDouble() < p ? (byte)1 : (byte)0)];
        double[] points = [.. truth.Select(p => Math.Round((p * 40) + (45 * random.NextDouble())))];
        return new()
        {
            Labels = labels,
            ModelProbabilities = [.. truth.Select(p => Math.Clamp(p, 0.005, 0.995))],
            ScorecardPoints = points,
            ScorecardProbabilities = [.. points.Select(p => Math.Clamp(p / 120, 0.01, 0.99))],
            Groups = [.. Enumerable.Range(0, Count).Select(row => row / 2)],
            LeadIds = [.. leads.Take(Count)],
            Amounts = [.. labels.Select(label => label == 1 ? 1000.0 + random.Next(9000) : double.NaN)],
            Currency = "USD",
            Days = 84,
            Segments = new Dictionary<string, string[]> { ["source"] = [.. Enumerable.Range(0, Count).Select(row => row % 3 == 0 ? "webinar" : "organic_search")] },
        };
    }
}

/// <summary>Tests of the samples share one service and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class SampleTests : ICollectionFixture<SampleService>, ICollectionFixture<Browser>
{
    public const string Name = "samples";
}

/// <summary>Tests with services of their own share a browser.</summary>
[CollectionDefinition(Name)]
public sealed class OwnTests : ICollectionFixture<Browser>
{
    public const string Name = "own";
}
