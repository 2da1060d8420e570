using System.Text.Json;

namespace LeadPredict.Api.Tests.Faces;

public sealed class StandardFaces : IAsyncLifetime
{
    private ApiHost _api = null!;

    public async Task InitializeAsync() => _api = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Inference_OfSomeLeads_SaysWhatTheScoresSay()
    {
        (_, JsonElement score, _) = await _api.PostAsync("/v1/score", ScoreRequests.Example);
        string lead = JsonSerializer.Serialize(ScoreRequests.Example);
        (int status, JsonElement answer, _) = await _api.PostAsync(
            "/v2/models/small/infer", $$"""{"id":"42","inputs":[{"name":"lead","shape":[2],"datatype":"BYTES","data":[{{lead}},{{lead}}]}]}""");
        status.ShouldBe(200, answer.GetRawText());
        (answer.GetProperty("model_name").GetString(), answer.GetProperty("model_version").GetString(), answer.GetProperty("id").GetString()).ShouldBe(("small", "1", "42"));
        JsonElement sql = answer.GetProperty("outputs")[0];
        (sql.GetProperty("name").GetString(), sql.GetProperty("datatype").GetString(), sql.GetProperty("shape")[0].GetInt32()).ShouldBe(("sql", "FP64", 2));
        sql.GetProperty("data")[1].GetRawText().ShouldBe(score.GetProperty("probabilities").GetProperty("sql").GetProperty("value").GetRawText());

        (_, JsonElement model) = await _api.GetAsync("/v2/models/small");
        model.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString())
            .ShouldBe(answer.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString()));
        foreach (string path in new[] { "/v2", "/v2/health/live", "/v2/health/ready", "/v2/models/small/ready", "/ping", "/version" })
        {
            ((int)(await _api.Client.GetAsync(path)).StatusCode).ShouldBe(200, path);
        }

        (await _api.GetAsync("/v2/models/none")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("""{"inputs":[]}""", "/inputs")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","data":["{}"]}]}""", "/inputs/0/name")]
    [InlineData("""{"inputs":[{"name":"lead","shape":[1],"datatype":"FP32","data":["{}"]}]}""", "/inputs/0/datatype")]
    [InlineData("""{"inputs":[{"name":"lead","shape":[1],"datatype":"BYTES","data":["{\"lead\":1}"]}]}""", "/inputs/0/data/0")]
    [InlineData("""{"inputs":[{"name":"lead","shape":[1],"datatype":"BYTES","data":[7]}]}""", "/inputs/0/data/0")]
    public async Task Inference_OfSomethingElse_IsRefusedByPointer(string body, string pointer)
    {
        (int status, JsonElement answer, _) = await _api.PostAsync("/v2/models/small/infer", body);
        status.ShouldBe(400);
        answer.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldContain(pointer);
    }

    [Theory]
    [InlineData("/v2/models/small/infer", """{"inputs":5}""")]
    [InlineData("/v2/models/small/infer", """{"inputs":[{},{}]}""")]
    [InlineData("/v2/models/small/infer", """{"inputs":[{"name":"lead","shape":[1],"datatype":"BYTES","data":5}]}""")]
    [InlineData("/invocations", """{"instances":5}""")]
    [InlineData("/invocations", """{"instances":[]}""")]
    public async Task Leads_ThatAreNoList_AreOneFault(string path, string body) =>
        (await _api.PostAsync(path, body)).Body.GetProperty("errors").GetArrayLength().ShouldBe(1);

    [Theory]
    [InlineData("dataframe_records")]
    [InlineData("instances")]
    [InlineData("inputs")]
    public async Task Invocations_OfRecords_AreScores(string list)
    {
        (_, JsonElement score, _) = await _api.PostAsync("/v1/score", ScoreRequests.Example);
        (int status, JsonElement answer, _) = await _api.PostAsync("/invocations", $$"""{"{{list}}":[{{ScoreRequests.Example}}]}""");
        status.ShouldBe(200, answer.GetRawText());
        JsonElement prediction = answer.GetProperty("predictions")[0];
        prediction.GetProperty("leadId").GetString().ShouldBe("b1");
        prediction.GetProperty("sql").GetRawText().ShouldBe(score.GetProperty("probabilities").GetProperty("sql").GetProperty("value").GetRawText());
    }

    [Fact]
    public async Task Invocations_OfASplitFrame_AreScoresOfItsRows()
    {
        using JsonDocument example = JsonDocument.Parse(ScoreRequests.Example);
        string columns = string.Join(',', example.RootElement.EnumerateObject().Select(member => $"\"{member.Name}\""));
        string cells = string.Join(',', example.RootElement.EnumerateObject().Select(member => member.Value.GetRawText()));
        (int status, JsonElement answer, _) = await _api.PostAsync("/invocations", $$"""{"dataframe_split":{"columns":[{{columns}}],"data":[[{{cells}}],[{{cells}}]]} }""");
        (status, answer.GetProperty("predictions").GetArrayLength()).ShouldBe((200, 2));
        (await _api.PostAsync("/invocations", """{"dataframe_split":{"columns":["leadId"],"data":[[1,2]]} }""")).Status.ShouldBe(400);
        (await _api.PostAsync("/invocations", "{}")).Status.ShouldBe(400);
    }
}
