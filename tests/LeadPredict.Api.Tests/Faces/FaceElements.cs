using System.Text.Json;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Faces;

/// <summary>Requests of which one lead is not as the others.</summary>
public sealed class FaceElements : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private IHistoryStore _store = null!;
    private ApiHost _api = null!;

    public async Task InitializeAsync()
    {
        _store = await HistoryStores.OpenAsync("sqlite:" + _folder["history.db"], create: true);
        await _store.AppendAsync(HistoryBatch.Of(new LeadBuilder("s1").From("event").Has("employees", 250).BuildAlone()));
        _api = await ApiHost.StartAsync(_store);
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _store.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Objector_AmongOthers_HasNoScoreAndTakesNobodysAway()
    {
        (_, JsonElement score, _) = await _api.PostAsync("/v1/score", ScoreRequests.Example);
        string value = score.GetProperty("probabilities").GetProperty("close").GetProperty("value").GetRawText();
        string points = score.GetProperty("score").GetRawText();
        string objector = ScoreRequests.With("\"attributes\": {", "\"attributes\": { \"profilingObjection\": true,");
        string lost = ScoreRequests.With("\"MarketingQualified\"", "\"Lost\"");

        (_, JsonElement answer, _) = await _api.PostAsync("/v2/models/small/infer", Inference(ScoreRequests.Example, objector, lost));
        Output(answer, "close").ShouldBe([value, "-1", "0"]);
        Output(answer, "score").ShouldBe([points, "-1", "0"]);
        Output(answer, "grade").ShouldBe([score.GetProperty("grade").GetRawText(), "\"\"", "\"D\""]);
        Output(answer, "abstained").ShouldBe(["false", "true", "true"]);

        (_, answer, _) = await _api.PostAsync("/invocations", $$"""{"instances":[{{ScoreRequests.Example}},{{objector}},{{lost}}]}""");
        Member(answer, "close").ShouldBe([value, "null", "0"]);
        Member(answer, "score").ShouldBe([points, "null", "0"]);
        Member(answer, "grade").ShouldBe([score.GetProperty("grade").GetRawText(), "null", "\"D\""]);
        Member(answer, "abstained").ShouldBe(["false", "true", "true"]);
    }

    [Theory]
    [InlineData("""{"leadId":"nope"}""", 404, "/leadId", "an identifier that is not in the store")]
    [InlineData("""{"leadId":"s1","asOf":"2024-01-01"}""", 400, "/asOf", "2024-01-01T00:00:00Z")]
    [InlineData("""{"leadId":"s1","asOf":"2026-01-01"}""", 400, "/asOf", "an instant in the future")]
    public async Task Lead_ThatCannotBeScored_IsNamed(string lead, int status, string pointer, string found)
    {
        (await FaultAsync("/invocations", $$"""{"dataframe_records":[{"leadId":"s1"},{{lead}}]}""")).ShouldBe((status, "/dataframe_records/1" + pointer, found));
        (await FaultAsync("/v2/models/small/infer", Inference("""{"leadId":"s1"}""", lead))).ShouldBe((status, "/inputs/0/data/1", $"{found} at {pointer} of the text"));

        using JsonDocument parsed = JsonDocument.Parse(lead);
        string asOf = parsed.RootElement.TryGetProperty("asOf", out JsonElement at) ? at.GetRawText() : "null";
        string split = $$"""{"dataframe_split":{"columns":["leadId","asOf"],"data":[["s1",null],[{{parsed.RootElement.GetProperty("leadId").GetRawText()}},{{asOf}}]]} }""";
        (await FaultAsync("/invocations", split)).ShouldBe((status, "/dataframe_split/data/1", $"{found} at {pointer} of the row"));
    }

    private static string Inference(params string[] leads) =>
        $$"""{"inputs":[{"name":"lead","shape":[{{leads.Length}}],"datatype":"BYTES","data":{{JsonSerializer.Serialize(leads)}}}]}""";

    private static IEnumerable<string> Output(JsonElement answer, string name) =>
        answer.GetProperty("outputs").EnumerateArray().Single(output => output.GetProperty("name").GetString() == name).GetProperty("data").EnumerateArray().Select(one => one.GetRawText());

    private static IEnumerable<string> Member(JsonElement answer, string name) =>
        answer.GetProperty("predictions").EnumerateArray().Select(one => one.GetProperty(name).GetRawText());

    private async Task<(int Status, string? Pointer, string? Found)> FaultAsync(string path, string body)
    {
        (int status, JsonElement answer, _) = await _api.PostAsync(path, body);
        JsonElement fault = answer.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        return (status, fault.GetProperty("pointer").GetString(), fault.GetProperty("found").GetString());
    }
}
