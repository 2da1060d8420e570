using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests;

public class OtherEndpoints
{
    [Fact]
    public async Task StoredLead_IsScoredAndShown_AsInline()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("s1").From("event").Has("employees", 250).Has("employees", 300, at: 10)
            .Touched("demo_request", 5, null, ("page", "pricing")).Enters(Stage.MarketingQualified, 7).Touched("meeting", 9999).BuildAlone()));
        await using ApiHost api = await ApiHost.StartAsync(store);

        (int status, JsonElement byId, _) = await api.PostAsync("/v1/score", """{"leadId":"s1","asOf":"2025-02-01T00:00:00Z"}""");
        status.ShouldBe(200, byId.GetRawText());
        (_, JsonElement byPath) = await api.GetAsync("/v1/leads/s1/score?asOf=2025-02-01");
        byPath.GetRawText().ShouldBe(byId.GetRawText());

        (_, JsonElement lead) = await api.GetAsync("/v1/leads/s1");
        string inline = $$"""
            {"asOf":"2025-02-01T00:00:00Z","lead":{{lead.GetProperty("lead").GetRawText()}},"touches":{{lead.GetProperty("touches").GetRawText()}},
             "transitions":{{lead.GetProperty("transitions").GetRawText()}},"outcomes":{{lead.GetProperty("outcomes").GetRawText()}} }
            """;
        (status, JsonElement again, _) = await api.PostAsync("/v1/score", inline);
        status.ShouldBe(200, again.GetRawText());
        again.GetRawText().ShouldBe(byId.GetRawText());

        (status, JsonElement future, _) = await api.PostAsync("/v1/score", """{"leadId":"s1","asOf":"2026-01-01"}""");
        status.ShouldBe(400);
        future.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/asOf");
        (await api.GetAsync("/v1/leads/s1/score?asOf=soon")).Status.ShouldBe(400);
        (await api.GetAsync("/v1/leads/none")).Status.ShouldBe(404);
        (await api.GetAsync("/v1/leads/none/score")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Scores_OfALeadThatIsNeitherStoredNorScored_AreNotFound()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        await using OperationsStore operations = await OperationsStore.OpenAsync("sqlite:" + folder["leads.db"], create: false);
        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("stored").BuildAlone()));
        await operations.Scores.AppendAsync([Events.EventsOut.Before("inline", ApiHost.Clock.GetUtcNow(), 5, "x") with { Origin = "served" }]);
        await using ApiHost api = await ApiHost.StartAsync(store, change: options => options with { Operations = operations });

        (await api.GetAsync("/v1/leads/none/scores")).Status.ShouldBe(404);

        (int status, JsonElement scores) = await api.GetAsync("/v1/leads/stored/scores");
        (status, scores.GetArrayLength()).ShouldBe((200, 0));
        (status, scores) = await api.GetAsync("/v1/leads/inline/scores");
        (status, scores.GetArrayLength()).ShouldBe((200, 1));
    }

    [Fact]
    public async Task Leads_WithoutAStore_SayWhatToDo()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        (int status, JsonElement body) = await api.GetAsync("/v1/leads/s1");
        status.ShouldBe(503);
        body.GetProperty("detail").GetString()!.ShouldContain("--store");
    }

    [Fact]
    public async Task Service_WithoutAModel_IsLiveButNotReady()
    {
        await using ApiHost api = await ApiHost.StartAsync(model: false);
        (await api.GetAsync("/health/live")).Status.ShouldBe(200);
        (int status, JsonElement ready) = await api.GetAsync("/health/ready");
        (status, ready.GetProperty("status").GetString()).ShouldBe((503, "notReady"));
        (status, JsonElement body, _) = await api.PostAsync("/v1/score", ScoreRequests.Example);
        status.ShouldBe(503);
        body.GetProperty("detail").GetString()!.ShouldContain("leadpredict promote");
        (await api.Client.GetStringAsync("/")).ShouldContain("No model serves yet");

        await api.Repository.PromoteAsync("late", await api.Repository.PublishAsync(SmallModels.Draft("late")));
        (await api.GetAsync("/health/ready")).Status.ShouldBe(200);
        (await api.PostAsync("/v1/score", ScoreRequests.Example)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Models_WithoutAnAdminKey_CannotBeMoved()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        (int status, JsonElement body) = await api.GetAsync("/v1/models");
        status.ShouldBe(200);
        body.GetProperty("default").GetString().ShouldBe("small");
        body.GetProperty("models")[0].GetProperty("isChampion").GetBoolean().ShouldBeTrue();
        body.GetProperty("engines")[0].GetProperty("version").GetInt32().ShouldBe(1);
        (await api.PostAsync("/v1/models/small/promote", """{"version":1}""")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Models_WithTheAdminKey_AreMovedAtOnce()
    {
        await using ApiHost api = await ApiHost.StartAsync(adminKey: ApiHost.AdminKey);
        await api.Repository.PublishAsync(SmallModels.Draft(intercept: -2));
        (await api.PostAsync("/v1/models/small/promote", """{"version":2}""")).Status.ShouldBe(401);
        api.Client.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.AdminKey);

        (int status, JsonElement body, _) = await api.PostAsync("/v1/models/small/promote", """{"version":2}""");
        (status, body.GetProperty("champion").GetInt32()).ShouldBe((200, 2));
        (_, JsonElement score, _) = await api.PostAsync("/v1/score", ScoreRequests.Example);
        score.GetProperty("model").GetProperty("version").GetInt32().ShouldBe(2);
        (status, body, _) = await api.PostAsync("/v1/models/small/rollback", "");
        (status, body.GetProperty("champion").GetInt32()).ShouldBe((200, 1));

        (await api.PostAsync("/v1/models/small/promote", """{"version":2,"alias":"challenger"}""")).Body.GetProperty("challenger").GetInt32().ShouldBe(2);
        using HttpResponseMessage dismissed = await api.Client.DeleteAsync("/v1/models/small/challenger");
        JsonDocument.Parse(await dismissed.Content.ReadAsStringAsync()).RootElement.GetProperty("challenger").ValueKind.ShouldBe(JsonValueKind.Null);

        (await api.PostAsync("/v1/models/small/rollback", "")).Status.ShouldBe(409);
        (await api.PostAsync("/v1/models/small/promote", """{"version":9}""")).Status.ShouldBe(404);
        (await api.PostAsync("/v1/models/small/promote", """{"version":"x","alias":"best","extra":1}""")).Body.GetProperty("errors").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task Models_InAFolderThatCannotBeWritten_StayAsTheyAre()
    {
        await using ApiHost api = await ApiHost.StartAsync(adminKey: ApiHost.AdminKey);
        await api.Repository.PublishAsync(SmallModels.Draft(intercept: -2));
        string inTheWay = Path.Combine(api.Repository.Root, "small", ".aliases.lock");
        File.Delete(inTheWay);
        Directory.CreateDirectory(inTheWay);
        api.Client.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.AdminKey);
        (int status, JsonElement body, _) = await api.PostAsync("/v1/models/small/promote", """{"version":2}""");
        (status, body.GetProperty("detail").GetString()).ShouldBe((503, "The folder of models cannot be written now; the service's log tells why."));
        Should.Throw<ModelFolderException>(() => api.Repository.PromoteAsync("small", 2)).Message.ShouldContain(".aliases.lock");
        Directory.Delete(inTheWay);
        (await api.PostAsync("/v1/models/small/promote", """{"version":2}""")).Status.ShouldBe(200);
    }

    [Fact]
    public void AdminKey_ThatIsShort_IsRefused() =>
        Should.Throw<ArgumentException>(() => LeadPredictApi.Create(new() { AdminKey = "short" })).Message.ShouldContain("16");

    [Theory]
    [InlineData("foo", "'foo' is no address to listen on; expected one such as http://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080;ftp://127.0.0.1", "'ftp://127.0.0.1' is no address")]
    [InlineData("https://127.0.0.1:5080", "'https://127.0.0.1:5080': the service speaks HTTP and leaves TLS to a proxy")]
    [InlineData("http://[::1]:532x", "'http://[::1]:532x' is no address")]
    [InlineData("http://[::1]5325", "'http://[::1]5325' is no address")]
    [InlineData("http://[::1", "'http://[::1' is no address")]
    [InlineData("http://[nowhere]:5080", "'http://[nowhere]:5080' is no address")]
    [InlineData("http://[::]:5080", "http://[::]:5080 is not a loopback address")]
    [InlineData("http://*:5080", "http://*:5080 is not a loopback address, so callers need keys")]
    public void Address_ThatCannotBeServed_IsRefusedAsWhatItIs(string urls, string message) =>
        Should.Throw<ArgumentException>(() => LeadPredictApi.Create(new() { Urls = urls })).Message.ShouldStartWith(message);

    [Fact]
    public async Task Compare_TellsTheStoredComparison()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        (int status, JsonElement body) = await api.GetAsync("/v1/compare");
        status.ShouldBe(200);
        body.GetProperty("model").GetProperty("version").GetInt32().ShouldBe(1);
        body.GetProperty("comparison").GetProperty("verdict").GetString()!.ShouldContain("more");
    }

    [Fact]
    public async Task Home_IsEncoded()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        using HttpResponseMessage response = await api.Client.GetAsync("/");
        string page = await response.Content.ReadAsStringAsync();
        page.ShouldContain("small@1");
        page.ShouldContain("The model catches &lt;more&gt; wins than the rules.");
        response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/v1/score", 405)]
    public async Task Paths_ThatAreNotThere_AreProblems(string path, int expected)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        using HttpResponseMessage response = await api.Client.GetAsync(path);
        ((int)response.StatusCode).ShouldBe(expected);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task OpenApi_Document_IsAsExpected()
    {
        await using ApiHost api = await ApiHost.StartAsync(adminKey: ApiHost.AdminKey);
        string document = (await api.Client.GetStringAsync("/openapi/v1.json")).ReplaceLineEndings("\n").TrimEnd() + "\n";
        string expected = SharedFiles.Repository("tests", "LeadPredict.Api.Tests", "Expectations", "openapi.json");
        if (!File.Exists(expected))
        {
            await File.WriteAllTextAsync(expected, document);
        }

        document.ShouldBe(
            (await File.ReadAllTextAsync(expected)).ReplaceLineEndings("\n"),
            "the interface changed: delete Expectations/openapi.json and run again when that was meant");
    }
}
