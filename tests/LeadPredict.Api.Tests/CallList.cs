using System.Text.Json;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests;

public class CallList
{
    [Fact]
    public async Task Get_OpenLeads_AreSortedFilteredAndCut()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        foreach (int lead in Enumerable.Range(0, 6))
        {
            await store.AppendAsync(HistoryBatch.Of(new LeadBuilder($"s{lead}").From(lead % 2 == 0 ? "event" : "web").Has("employees", 100 * lead)
                .Touched("demo_request", 5 + lead, null, ("page", "pricing")).Enters(Stage.MarketingQualified, 20 - lead).BuildAlone()));
        }

        await using ApiHost api = await ApiHost.StartAsync(store);
        JsonElement all = await AnswerAsync(api, "/v1/leads");
        all.GetProperty("total").GetInt32().ShouldBe(6);
        all.GetProperty("model").GetProperty("version").GetInt32().ShouldBeGreaterThan(0);

        double[] chances = [.. (await AnswerAsync(api, "/v1/leads?sort=probability")).GetProperty("leads").EnumerateArray()
            .Select(row => row.GetProperty("probability").GetProperty("value").GetDouble())];
        chances.ShouldBe(chances.OrderDescending());
        Ids(await AnswerAsync(api, "/v1/leads?sort=waiting")).ShouldBe(["s5", "s4", "s3", "s2", "s1", "s0"]);
        Ids(await AnswerAsync(api, "/v1/leads?sort=waiting&limit=2&offset=1")).ShouldBe(["s4", "s3"]);
        JsonElement filtered = await AnswerAsync(api, "/v1/leads?sort=waiting&source=event&stage=MarketingQualified");
        (filtered.GetProperty("total").GetInt32(), string.Join(' ', Ids(filtered))).ShouldBe((3, "s4 s2 s0"));
    }

    /// <summary>The months between the end of such a history and a decision were watched by nobody.</summary>
    [Fact]
    public async Task Get_AfterADecisionInAHistoryThatEndedLongAgo_ShowsTheOthersAsOfItsEnd()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        foreach (string lead in new[] { "decided", "other" })
        {
            await store.AppendAsync(HistoryBatch.Of(new LeadBuilder(lead).Touched("demo_request", 5).Enters(Stage.MarketingQualified, 20).BuildAlone()));
        }

        var clock = new FakeTimeProvider(ApiHost.Clock.GetUtcNow());
        await using ApiHost api = await ApiHost.StartAsync(store, change: options => options with { Time = clock });
        JsonElement before = await AnswerAsync(api, "/v1/leads?sort=waiting");
        (await api.PostAsync("/v1/leads/decided/reject", """{"reason":"not_ready"}""")).Status.ShouldBe(200);
        clock.Advance(TimeSpan.FromSeconds(1));
        JsonElement after = await AnswerAsync(api, "/v1/leads?sort=waiting");

        after.GetProperty("asOf").GetRawText().ShouldBe(before.GetProperty("asOf").GetRawText());
        Ids(after).ShouldBe(["other"]);
        after.GetProperty("leads")[0].GetRawText().ShouldBe(before.GetProperty("leads").EnumerateArray().Single(row => row.GetProperty("leadId").GetString() == "other").GetRawText());
    }

    [Theory]
    [InlineData("sort=best", "/sort")]
    [InlineData("limit=0", "/limit")]
    [InlineData("limit=1e3", "/limit")]
    [InlineData("offset=-1", "/offset")]
    [InlineData("stage=2", "/stage")]
    [InlineData("stage=MarketingQualified&stage=Won", "/stage")]
    [InlineData("grade=E", "/grade")]
    [InlineData("agreement=both", "/agreement")]
    [InlineData("owner=", "/owner")]
    [InlineData("source=%00", "/source")]
    [InlineData("find=a%00b", "/find")]
    [InlineData("colour=red", "/colour")]
    public async Task Get_AParameterThatSaysNothing_IsRefusedByName(string query, string pointer)
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        await using ApiHost api = await ApiHost.StartAsync(store);
        (int status, JsonElement body) = await api.GetAsync("/v1/leads?" + query);
        status.ShouldBe(400);
        body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
    }

    [Theory]
    [InlineData("/calls?find=a%00b")]
    [InlineData("/calls?agreement=%00")]
    [InlineData("/calls.csv?owner=%00")]
    public async Task Page_OfATextThatNoStoreCanKeep_IsRefusedOnAPage(string path)
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("s1").Enters(Stage.MarketingQualified, 3).BuildAlone()));
        await using ApiHost api = await ApiHost.StartAsync(store);
        await AnswerAsync(api, "/v1/leads");
        api.Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using HttpResponseMessage answer = await api.Client.GetAsync(new Uri(path, UriKind.Relative));
        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("NUL");
    }

    private static string[] Ids(JsonElement answer) => [.. answer.GetProperty("leads").EnumerateArray().Select(row => row.GetProperty("leadId").GetString()!)];

    private static async Task<JsonElement> AnswerAsync(ApiHost api, string path)
    {
        (int status, JsonElement body) = await api.GetAsync(path);
        status.ShouldBe(200, body.GetRawText());
        return body;
    }
}
