using System.Text.Json;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Boards;

/// <summary>The call list promises what the model that serves can tell, and nothing else.</summary>
public sealed class CallGoals
{
    [Fact]
    public async Task List_OfAModelWithoutWins_PromisesSqlsAndNoMoney()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await FilledAsync(folder);
        await using ApiHost api = await ServeAsync(store, SmallModels.QualifyOnly);

        JsonElement list = await ListAsync(api, "SalesQualified", null);
        JsonElement row = list.GetProperty("leads").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("leadId").GetString().ShouldBe("mql");
        row.GetProperty("worth").ValueKind.ShouldBe(JsonValueKind.Null);
        string page = await ReadAsync(api, "/calls");
        page.ShouldContain("</span> to become SQL <span");
        page.ShouldContain(" SQLs.");
        page.ShouldNotContain("worth about");
        page.ShouldNotContain("to close");
        (await ReadAsync(api, "/calls.csv")).Split("\r\n")[1].ShouldEndWith(",SalesQualified,,agree");
        string lead = await ReadAsync(api, "/lead?id=mql");
        lead.ShouldContain("Chance to become SQL after each thing that happened");
        lead.ShouldNotContain("Closes");
        lead.ShouldNotContain("closed more often");
    }

    [Fact]
    public async Task List_OfAFunnelFromSqlOn_DoesNotPromiseWhatAnMqlWouldBeWorthAsSql()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await FilledAsync(folder);
        await using ApiHost api = await ServeAsync(store, FunnelDefinition.Create([Stage.SalesQualified, Stage.Won]));

        JsonElement[] rows = [.. (await ListAsync(api, "Won", "EUR")).GetProperty("leads").EnumerateArray()];
        rows.Select(row => row.GetProperty("leadId").GetString()).ShouldBe(["sql", "mql"]);
        rows.Select(row => row.GetProperty("assumes").GetString()).ShouldBe([null, "SalesQualified"]);
        rows[1].GetProperty("worth").ValueKind.ShouldBe(JsonValueKind.Null);
        string promise = $", worth about {rows[0].GetProperty("worth").GetDouble():#,0} EUR.";
        string page = await ReadAsync(api, "/calls");
        page.ShouldContain(promise);
        page.ShouldContain("</span> to close once SQL <span");
        (await ReadAsync(api, "/calls?stage=MarketingQualified")).ShouldContain("promises 0 wins.");
        (await ReadAsync(api, "/calls.csv")).Split("\r\n")[2].ShouldContain(",Won,SalesQualified,");
    }

    [Fact]
    public async Task Worth_OfDealsThatLieAhead_IsNotKnownYet()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["h.db"], create: true);
        await store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("mql", 1).Enters(Stage.MarketingQualified, 170).BuildAlone(),
            new LeadBuilder("planned", 1).Enters(Stage.MarketingQualified, 170).Closes(true, 5_000, 1_000_000, recorded: 171).BuildAlone()));
        await using ApiHost api = await ServeAsync(store, FunnelDefinition.Default);

        JsonElement list = await ListAsync(api, "Won", null);

        list.GetProperty("leads").EnumerateArray().ShouldAllBe(row => row.GetProperty("worth").ValueKind == JsonValueKind.Null);
        list.GetProperty("leads").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Worth_OfACompanyWhoseNextSizeLiesAhead_IsThatOfItsSizeNow()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["h.db"], create: true);
        LeadBuilder Sized(string id, bool grows)
        {
            LeadBuilder lead = new LeadBuilder(id, 1).Has("employees", 60, 1);
            return grows ? lead.Has("employees", 4000, 5_000, recorded: 171) : lead;
        }

        await store.AppendAsync(HistoryBatch.Of(
            Sized("steady", grows: false).Enters(Stage.MarketingQualified, 170).BuildAlone(),
            Sized("grows", grows: true).Enters(Stage.MarketingQualified, 170).BuildAlone(),
            Sized("won", grows: true).Enters(Stage.MarketingQualified, 100).Enters(Stage.Won, 171).Closes(true, 171, 1_000).BuildAlone(),
            new LeadBuilder("large", 1).Has("employees", 4000, 1).Enters(Stage.MarketingQualified, 100).Enters(Stage.Won, 171).Closes(true, 171, 99_000).BuildAlone()));
        await using ApiHost api = await ServeAsync(store, FunnelDefinition.Default);

        JsonElement[] rows = [.. (await ListAsync(api, "Won", "EUR")).GetProperty("leads").EnumerateArray()];

        // The mean of 50,000 weighs as much as ten deals.
        double expected = (1_000 + (10 * 50_000)) / 11.0;
        rows.Select(row => row.GetProperty("leadId").GetString()).ShouldBe(["grows", "steady"]);
        rows.Select(row => row.GetProperty("size").GetString()).ShouldBe(["50 to 249", "50 to 249"]);
        rows.ShouldAllBe(row => Math.Abs((row.GetProperty("worth").GetDouble() / row.GetProperty("probability").GetProperty("value").GetDouble()) - expected) < 0.01);
    }

    private static async Task<IHistoryStore> FilledAsync(TemporaryFolder folder)
    {
        IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["h.db"], create: true);
        await store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("mql", 1).Enters(Stage.MarketingQualified, 170).BuildAlone(),
            new LeadBuilder("sql", 1).Enters(Stage.MarketingQualified, 170).Enters(Stage.SalesQualified, 175).BuildAlone(),
            new LeadBuilder("won", 1).Enters(Stage.MarketingQualified, 100).Enters(Stage.SalesQualified, 120).Enters(Stage.Won, 178)
                .Closes(true, 178, 20_000).BuildAlone()));
        return store;
    }

    private static async Task<ApiHost> ServeAsync(IHistoryStore store, FunnelDefinition funnel)
    {
        ApiHost api = await ApiHost.StartAsync(store);
        await api.Repository.PromoteAsync(
            "small", await api.Repository.PublishAsync(SmallModels.Draft(funnel: funnel, scorecard: ScorecardDefinition.Default.Yaml)));
        api.Refresh();
        return api;
    }

    private static async Task<JsonElement> ListAsync(ApiHost api, string goal, string? currency)
    {
        (int status, JsonElement list) = await api.GetAsync("/v1/leads");
        status.ShouldBe(200, list.GetRawText());
        (list.GetProperty("goal").GetString(), list.GetProperty("currency").GetString()).ShouldBe((goal, currency));
        return list;
    }

    private static async Task<string> ReadAsync(ApiHost api, string path) =>
        System.Net.WebUtility.HtmlDecode(await api.Client.GetStringAsync(new Uri(path, UriKind.Relative)));
}
