using System.Net;
using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Pages.Tests;

/// <summary>Each page says what is missing and what to do, on either store.</summary>
public abstract class EmptyPages : IAsyncLifetime
{
    private static readonly HttpClient Client = new();
    private readonly TemporaryFolder _folder = new();
    private IHistoryStore _store = null!;

    protected abstract Task<string> AddressAsync(TemporaryFolder folder);

    public async Task InitializeAsync() => _store = await HistoryStores.OpenAsync(await AddressAsync(_folder), create: true);

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [ContractFact]
    public async Task Pages_OfAnEmptyStoreWithoutModel_SaySo() => await ShouldSayAsync(
        _store,
        model: false,
        ("/", "No model serves yet"),
        ("/calls", "No model serves yet"),
        ("/funnel", "The store is empty"),
        ("/models", "No model was published yet"),
        ("/scorecard", "No scorecard to look at"));

    [ContractFact]
    public async Task Pages_OfAnEmptyStoreWithModel_SaySo() => await ShouldSayAsync(
        _store,
        model: true,
        ("/", "This model was not compared with rules"),
        ("/calls", "No open leads"),
        ("/funnel", "The store is empty"),
        ("/models", "No decided leads yet"),
        ("/models", "Nothing to hold later leads against"),
        ("/scorecard", "No decided leads yet"));

    [ContractFact]
    public async Task Pages_OfOneLeadWithoutOutcome_SaySo()
    {
        await AppendOneAsync();
        await ShouldSayAsync(
            _store,
            model: true,
            ("/calls", "Of 1 open lead the first promises"),
            ("/calls?grade=D&find=nobody", "No lead passes these filters"),
            ("/funnel", "Nothing was promised yet"),
            ("/funnel", "No won deal has an amount yet"),
            ("/lead?id=only", "No single touch would raise this score|What would have to happen"),
            ("/models", "No decided leads yet"),
            ("/scorecard", "Too few decided leads"));
    }

    [ContractFact]
    public async Task Pages_OfOneLeadWithoutModel_SaySo()
    {
        await AppendOneAsync();
        await ShouldSayAsync(
            _store, model: false, ("/calls", "No model serves yet"), ("/lead?id=only", "No model serves yet"), ("/funnel", "Nothing was promised yet"));
    }

    [ContractFact]
    public async Task Pages_WhereATablesModelServesAlone_SaySo()
    {
        ModelRepository repository = new(_folder["models"]);
        await repository.PromoteAsync("flat", await repository.PublishAsync(SmallTable.Draft()));
        await AppendOneAsync();
        await ShouldSayAsync(
            _store,
            model: false,
            ("/", "'flat' was learned from a table and cannot score leads"),
            ("/calls", "No model serves yet"),
            ("/lead?id=only", "No model serves yet"),
            ("/models", "Learned from a table"));
    }

    [ContractFact]
    public async Task CallList_PageCsvAndApi_TellTheSameLeads()
    {
        foreach (int lead in Enumerable.Range(0, 50))
        {
            await _store.AppendAsync(HistoryBatch.Of(new LeadBuilder($"s{lead:00}", lead * 0.1).From(lead % 2 == 0 ? "event" : "web").Has("jobTitle", lead % 5 == 0 ? "Head of 100%" : "Clerk")
                .Touched("demo_request", 5 + (lead * 0.01)).Enters(Stage.MarketingQualified, 20 - (lead * 0.1)).BuildAlone()));
        }

        await using PageHost host = await StartAsync(_store, model: true);
        foreach (string filter in new[] { "", "source=event", "find=100%25", "source=web&find=HEAD", "stage=SalesQualified" })
        {
            JsonElement api = JsonDocument.Parse(await Client.GetStringAsync($"{host.Address}/v1/leads?{filter}&limit=1000".Replace("?&", "?", StringComparison.Ordinal))).RootElement;
            string[] ids = [.. api.GetProperty("leads").EnumerateArray().Select(row => row.GetProperty("leadId").GetString()!)];
            string[] csv = [.. (await Client.GetStringAsync($"{host.Address}/calls.csv?{filter}")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[1])];
            csv.ShouldBe(ids, filter);
            api.GetProperty("total").GetInt32().ShouldBe(ids.Length);
            string page = WebUtility.HtmlDecode(await Client.GetStringAsync($"{host.Address}/calls?capacity=10&{filter}"));
            page.ShouldContain(ids.Length == 0 ? "No lead passes" : $"Of {ids.Length} open leads the first {Math.Min(10, ids.Length)}");
            ids.Take(40).Select(id => page.IndexOf($"id={id}\"", StringComparison.Ordinal)).ShouldBeInOrder();
        }
    }

    [ContractFact]
    public async Task CallList_AskedForWhatIsNot_SaysSo()
    {
        await _store.AppendAsync(HistoryBatch.Of([.. Enumerable.Range(0, 50).Select(lead => new LeadBuilder($"s{lead:00}", 1).Enters(Stage.MarketingQualified, 3).BuildAlone())]));
        await using PageHost host = await StartAsync(_store, model: true);
        (await host.ReadAsync("/calls?page=NaN")).ShouldContain("Page 1 of 2");
        (await host.ReadAsync("/calls?page=4")).ShouldContain("Page 2 of 2");
        (await host.ReadAsync("/calls?page=4")).ShouldContain("<span class=\"rank\">50.</span>");
        (await host.ReadAsync("/calls?capacity=")).ShouldContain("Of 50 open leads the first 20 promise");
        (await host.ReadAsync("/calls?capacity=4,5")).ShouldContain("Of 50 open leads the first 4 promise");
        foreach ((string query, string fault) in new[] { ("find=" + new string('x', 101), "at most 100"), ("source=" + new string('x', 1001), "at most 1000"), ("owner=" + new string('x', 1001), "at most 1000"), ("stage=mql", "MarketingQualified"), ("stage=1", "MarketingQualified"), ("grade=E", "one of A, B, C, D"), ("agreement=ModelHigher", "one of model, rules") })
        {
            foreach (string path in new[] { "/calls", "/calls.csv" })
            {
                using HttpResponseMessage answer = await Client.GetAsync($"{host.Address}{path}?{query}");
                answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, query);
                (await answer.Content.ReadAsStringAsync()).ShouldContain(fault);
            }
        }

        foreach ((string path, string fault) in new[]
        {
            ("/calls?capacity=NaN", "capacity: found no number; expected digits"),
            ("/calls?capacity=0", "capacity: found 0; expected at least 1 lead a day"),
            ("/?capacity=1,000", "capacity: found 1,000, which may be meant as 1000; expected 1000 or 1.0."),
            ("/calls?source=" + new string('x', 1001), "source: found 1001 characters; expected at most 1000"),
        })
        {
            (HttpStatusCode status, string page) = await host.OpenAsync(path);
            status.ShouldBe(HttpStatusCode.BadRequest, path);
            page.ShouldContain(fault);
        }
    }

    [ContractFact]
    public async Task Source_AsItIsStoredOrAsTheListCutsIt_FindsItsLeads()
    {
        string source = "Trade fair " + new string('x', 400);
        await _store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("long", 1).From(source).Enters(Stage.MarketingQualified, 3).BuildAlone(),
            new LeadBuilder("other", 1).From("web").Enters(Stage.MarketingQualified, 3).BuildAlone()));
        await using PageHost host = await StartAsync(_store, model: true);
        string cut = source[..79] + "…";
        foreach (string asked in new[] { source, cut })
        {
            string query = "?source=" + Uri.EscapeDataString(asked);
            string page = await host.ReadAsync("/calls" + query);
            page.ShouldContain("Of 1 open lead");
            page.ShouldContain($"<option value=\"{cut}\" selected");
            page.ShouldNotContain(source);
            (await host.ReadAsync("/calls.csv" + query)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
            JsonDocument.Parse(await Client.GetStringAsync(host.Address + "/v1/leads" + query)).RootElement.GetProperty("total").GetInt32().ShouldBe(1);
        }
    }

    [ContractFact]
    public async Task Downloads_WhereNoModelServes_SaySoInsteadOfAnEmptyFile()
    {
        await AppendOneAsync();
        await using PageHost host = await StartAsync(_store, model: false);
        foreach (string path in new[] { "/calls.csv", "/scorecard/proposed.yaml" })
        {
            (HttpStatusCode status, string page) = await host.OpenAsync(path);
            status.ShouldBe(HttpStatusCode.ServiceUnavailable, path);
            page.ShouldContain("No model serves yet: train one and promote it.", Case.Sensitive, path);
        }
    }

    [ContractFact]
    public async Task Decision_OnThePage_IsWrittenAndTheListFollows()
    {
        await AppendOneAsync();
        await using PageHost host = await StartAsync(_store, model: true);
        string page = await Client.GetStringAsync(host.Address + "/calls");
        string token = page.Split("name=\"token\" value=\"")[1].Split('"')[0];

        using HttpResponseMessage answer = await Client.PostAsync(
            host.Address + "/lead/decide",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token, ["lead"] = "only", ["decision"] = "reject:no_budget", ["returnTo"] = "/calls" }));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("No open leads");
        (await _store.FindAccountOfLeadAsync("only"))!.Leads[0].Transitions[^1].To.ShouldBe(Stage.Recycled);
    }

    [ContractFact]
    public async Task Lead_ThatIsNotThere_IsNotFound()
    {
        await using PageHost host = await StartAsync(_store, model: true);
        ((int)(await Client.GetAsync(host.Address + "/lead?id=nobody")).StatusCode).ShouldBe(404);
    }

    private Task AppendOneAsync() => _store.AppendAsync(HistoryBatch.Of(new LeadBuilder("only", 1).Enters(Stage.MarketingQualified, 3).BuildAlone()));

    private async Task ShouldSayAsync(IHistoryStore? store, bool model, params (string Path, string Text)[] pages)
    {
        await using PageHost host = await StartAsync(store, model);
        foreach ((string path, string text) in pages)
        {
            using HttpResponseMessage page = await Client.GetAsync(host.Address + path);
            ((int)page.StatusCode).ShouldBe(200, path);
            string html = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
            text.Split('|').ShouldContain(one => html.Contains(one, StringComparison.Ordinal), $"{path}: {html}");
        }
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

    public sealed class OnSqlite : EmptyPages
    {
        protected override Task<string> AddressAsync(TemporaryFolder folder) => Task.FromResult($"sqlite:{folder["h.db"]}");

        [Fact]
        public async Task Pages_WithoutStoreAndModel_SaySo() => await ShouldSayAsync(
            null,
            model: false,
            ("/", "No model serves yet"),
            ("/calls", "This service has no store"),
            ("/funnel", "This service has no store"),
            ("/models", "No model was published yet"),
            ("/scorecard", "This service has no store"));
    }

    [NeedsPostgres]
    public sealed class OnPostgres : EmptyPages
    {
        protected override async Task<string> AddressAsync(TemporaryFolder folder) => await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
    }
}
