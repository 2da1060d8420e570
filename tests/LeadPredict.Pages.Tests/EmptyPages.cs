using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Pages.Tests;

/// <summary>Each page says what is missing and what to do.</summary>
public sealed class EmptyPages : IAsyncLifetime
{
    private static readonly HttpClient Client = new();
    private readonly TemporaryFolder _folder = new();
    private IHistoryStore _store = null!;

    public async Task InitializeAsync() => _store = await HistoryStores.OpenAsync($"sqlite:{_folder["h.db"]}", create: true);

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/", "No model serves yet")]
    [InlineData("/calls", "This service has no store")]
    [InlineData("/funnel", "This service has no store")]
    [InlineData("/models", "No model was published yet")]
    [InlineData("/scorecard", "This service has no store")]
    public async Task Page_WithoutStoreAndModel_SaysSo(string path, string text) => await ShouldSayAsync(null, model: false, path, text);

    [Theory]
    [InlineData("/calls", "No model serves yet")]
    [InlineData("/funnel", "The store is empty")]
    [InlineData("/scorecard", "No scorecard to look at")]
    public async Task Page_OfAnEmptyStoreWithoutModel_SaysSo(string path, string text) => await ShouldSayAsync(_store, model: false, path, text);

    [Theory]
    [InlineData("/calls", "No open leads")]
    [InlineData("/funnel", "The store is empty")]
    [InlineData("/models", "No decided leads yet")]
    [InlineData("/scorecard", "No decided leads yet")]
    public async Task Page_OfAnEmptyStoreWithModel_SaysSo(string path, string text) => await ShouldSayAsync(_store, model: true, path, text);

    [Theory]
    [InlineData("/calls", "Of 1 open lead the first 1")]
    [InlineData("/funnel", "Nothing was promised yet")]
    [InlineData("/funnel", "No won deal has an amount yet")]
    [InlineData("/lead?id=only", "No single touch would raise this score|What would have to happen")]
    [InlineData("/scorecard", "Too few decided leads")]
    public async Task Page_OfOneLeadWithoutOutcome_SaysSo(string path, string text)
    {
        await _store.AppendAsync(HistoryBatch.Of(new LeadBuilder("only", 1).Enters(Stage.MarketingQualified, 3).BuildAlone()));
        await ShouldSayAsync(_store, model: true, path, text);
    }

    [Fact]
    public async Task Lead_ThatIsNotThere_IsNotFound()
    {
        await using PageHost host = await StartAsync(_store, model: true);
        ((int)(await Client.GetAsync(host.Address + "/lead?id=nobody")).StatusCode).ShouldBe(404);
    }

    private async Task ShouldSayAsync(IHistoryStore? store, bool model, string path, string text)
    {
        await using PageHost host = await StartAsync(store, model);
        using HttpResponseMessage page = await Client.GetAsync(host.Address + path);
        ((int)page.StatusCode).ShouldBe(200);
        string html = System.Net.WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
        text.Split('|').ShouldContain(one => html.Contains(one, StringComparison.Ordinal), html);
    }

    private async Task<PageHost> StartAsync(IHistoryStore? store, bool model)
    {
        if (model)
        {
            ModelRepository repository = new(_folder["models"]);
            await repository.PromoteAsync("small", await repository.PublishAsync(SmallModels.Draft(scorecard: ScorecardDefinition.Default.Yaml)));
        }

        return await PageHost.StartAsync(new() { Models = _folder["models"], Store = store });
    }
}
