using System.Text.Json;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.Tests.Faces;

/// <summary>Of a request that is refused whole no score was given, so none is logged or counted.</summary>
public sealed class RefusedFaces : IDisposable
{
    private static readonly string Unknown = ScoreRequests.With("\"2025-06-01T00:00:00Z\"", "\"2025-04-01T00:00:00Z\"");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Leads_BeforeOneThatCannotBeScored_AreNeitherLoggedNorCounted()
    {
        await using OperationsStore operations = await OperationsStore.OpenAsync("sqlite:" + _folder["leads.db"], create: true);
        await using (ApiHost api = await ApiHost.StartAsync(change: options => options with { Operations = operations }))
        {
            (await api.PostAsync("/invocations", Records(ScoreRequests.Example, Unknown))).Status.ShouldBe(400);
            (await api.PostAsync("/v2/models/small/infer", Tensor(ScoreRequests.Example, Unknown))).Status.ShouldBe(400);
            (await api.Client.GetStringAsync("/metrics")).ShouldNotContain("leadpredict_scores_total{");

            (await api.PostAsync("/invocations", Records(Lead("i1"), Lead("i2")))).Status.ShouldBe(200);
            (await api.PostAsync("/v2/models/small/infer", Tensor(Lead("t1"), Lead("t2")))).Status.ShouldBe(200);
            (await api.Client.GetStringAsync("/metrics")).ShouldContain("leadpredict_scores_total{model=\"small\"} 4\n");
        }

        var logged = new List<LoggedScore>();
        await foreach (LoggedScore score in operations.Scores.OfModelAsync("small", DateTimeOffset.UnixEpoch))
        {
            logged.Add(score);
        }

        logged.Select(score => score.LeadId).ShouldBe(["i1", "i2", "t1", "t2"]);
    }

    private static string Lead(string id) => ScoreRequests.With("\"b1\"", $"\"{id}\"");

    private static string Records(params string[] leads) => $$"""{"dataframe_records":[{{string.Join(',', leads)}}]}""";

    private static string Tensor(params string[] leads) =>
        $$"""{"inputs":[{"name":"lead","shape":[{{leads.Length}}],"datatype":"BYTES","data":{{JsonSerializer.Serialize(leads)}}}]}""";
}
