using System.Text.Json;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing.Postgres;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Api.Tests.ScoreLog;

public sealed class ServedScores : IDisposable
{
    private static readonly string Inference = $$"""{"inputs":[{"name":"lead","shape":[1],"datatype":"BYTES","data":[{{JsonSerializer.Serialize(ScoreRequests.Example)}}]}]}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scores_ServedOneByOneAndInBatches_AreAllInTheLogWhenTheServiceHasEnded()
    {
        await using OperationsStore operations = await OperationsStore.OpenAsync("sqlite:" + _folder["leads.db"], create: true);
        JsonElement answer;
        await using (ApiHost api = await ApiHost.StartAsync(change: options => options with { Operations = operations }))
        {
            (_, answer, _) = await api.PostAsync("/v1/score", ScoreRequests.Example);
            string batch = $"[{string.Join(',', Enumerable.Range(0, 3_000).Select(Batch.BatchEndpoint.Lead))}]";
            (int status, JsonElement answers, _) = await api.PostAsync("/v1/score/batch", batch);
            (status, answers.GetArrayLength()).ShouldBe((200, 3_000));
            (await api.GetAsync("/v1/leads/b7/scores")).Status.ShouldBe(200);
        }

        List<LoggedScore> logged = await LogAsync(operations);
        logged.Count.ShouldBe(3_001);
        logged.Select(score => score.LeadId).ToHashSet().Count.ShouldBe(3_000);
        LoggedScore first = (await operations.Scores.OfLeadAsync("b1", 10))[^1];
        (first.Score, first.Points, first.Version, first.Hash).ShouldBe((
            answer.GetProperty("score").GetInt32(),
            answer.GetProperty("scorecard").GetProperty("points").GetDouble(),
            1,
            answer.GetProperty("model").GetProperty("hash").GetString()));
        Kept(answer, JsonDocument.Parse(Answer(_folder["leads.db"], "SELECT answer FROM score_log WHERE id = 1")!).RootElement);
        Answer(_folder["leads.db"], "SELECT count(*) FROM score_log WHERE typeof(answer) = 'text' AND json_array_length(answer, '$.reasons') > 0").ShouldBe("3001");
        logged.Select(score => score.Fingerprint).Distinct().ShouldHaveSingleItem("the same history has the same fingerprint").Length.ShouldBe(32);
    }

    /// <summary>The detail has the numbers of the answer that are in no column, by the same names.</summary>
    private static void Kept(JsonElement answer, JsonElement detail)
    {
        JsonElement Said(string path) => path.Split('.').Aggregate(answer, (element, name) => element.GetProperty(name));
        foreach ((string column, int place) in new[] { ("sql", 0), ("closeGivenSql", 1), ("close", 2) })
        {
            JsonElement estimate = Said("probabilities." + column);
            JsonElement interval = detail.GetProperty("intervals")[place];
            if (estimate.ValueKind == JsonValueKind.Null)
            {
                interval.ValueKind.ShouldBe(JsonValueKind.Null);
                continue;
            }

            interval.EnumerateArray().Select(end => end.GetRawText()).ShouldBe([estimate.GetProperty("low").GetRawText(), estimate.GetProperty("high").GetRawText()]);
        }

        foreach (string name in new[] { "fit", "engagement", "because", "probability" })
        {
            detail.GetProperty(name).GetRawText().ShouldBe(Said("scorecard." + name).GetRawText());
        }

        foreach (string name in new[] { "rawScore", "baseValue", "warnings" })
        {
            detail.GetProperty(name).GetRawText().ShouldBe(Said(name).GetRawText());
        }

        detail.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetRawText()).ShouldBe(Said("reasons").EnumerateArray()
            .Select(reason => $"[{reason.GetProperty("feature").GetRawText()},{reason.GetProperty("value").GetRawText()},{reason.GetProperty("contribution").GetRawText()}]"));
        detail.GetProperty("items").EnumerateArray().Select(item => $"{item[0]} {item[1]}").ShouldBe(Said("scorecard.items").EnumerateArray()
            .Select(item => $"{item.GetProperty("rule")} {item.GetProperty("points")}"));
        foreach ((JsonElement item, JsonElement said) in detail.GetProperty("items").EnumerateArray().Zip(Said("scorecard.items").EnumerateArray()))
        {
            item[2].GetInt32().ShouldBe(said.GetProperty("hits").GetInt32());
            string because = said.GetProperty("because").GetString()!;
            if (item.GetArrayLength() == 4)
            {
                item[3].GetString().ShouldBe(because);
            }
            else
            {
                because.ShouldContain(item[4].GetInt32() switch { 0 => "less than a day ago", 1 => "1 day ago", var days => $"{days} days ago" });
            }
        }

        detail.GetProperty("criteria").EnumerateArray().Select(criterion => $"{criterion[0]}: {criterion[1]}").ShouldBe(Said("scorecard.criteria").EnumerateArray()
            .Where(criterion => criterion.GetProperty("met").GetBoolean()).Select(criterion => $"{criterion.GetProperty("name")}: {criterion.GetProperty("because")}"));
    }

    [Fact]
    public async Task Challenger_ThatIsSet_ScoresBesideTheChampionAndIsShownToNobody()
    {
        await using OperationsStore operations = await OperationsStore.OpenAsync("sqlite:" + _folder["leads.db"], create: true);
        await using (ApiHost api = await ApiHost.StartAsync(change: options => options with { Operations = operations }))
        {
            await api.PostAsync("/v1/score", ScoreRequests.Example);

            // The challenger scores where the log is written, which may be after it was set.
            await WaitForAsync(operations, 1);
            await api.Repository.PromoteAsync("small", await api.Repository.PublishAsync(SmallModels.Draft(intercept: -3, scorecard: ScorecardDefinition.Default.Yaml)), ModelAlias.Challenger);
            api.Refresh();
            (_, JsonElement answer, _) = await api.PostAsync("/v1/score", ScoreRequests.Example);
            answer.GetProperty("model").GetProperty("version").GetInt32().ShouldBe(1);
            foreach (string path in new[] { "/v1/score?model=small@challenger", "/v1/score/batch?model=small@challenger", "/v2/models/small@challenger/infer" })
            {
                (await api.PostAsync(path, path.Contains("infer", StringComparison.Ordinal) ? Inference : ScoreRequests.Example)).Status.ShouldBe(404, path);
            }

            foreach (string path in new[] { "/v2/models/small@challenger", "/v2/models/small@challenger/ready", "/v1/compare?model=small@challenger" })
            {
                (await api.GetAsync(path)).Status.ShouldBe(404, path);
            }
        }

        List<LoggedScore> logged = await LogAsync(operations);
        logged.Select(score => (score.Version, score.Role)).ShouldBe([(1, "champion"), (1, "champion"), (2, "challenger")]);
        logged[2].Sql!.Value.ShouldBeLessThan(logged[1].Sql!.Value);
        logged[2].Fingerprint.ShouldBe(logged[1].Fingerprint);
    }

    [PostgresFact]
    public async Task Store_ThatGoesAway_DelaysTheLogAndNotTheAnswers()
    {
        LogLines log;
        await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
        string address = await cluster.CreateDatabaseAsync();
        await using OperationsStore operations = await OperationsStore.OpenAsync(address, create: true);
        await using (ApiHost api = await ApiHost.StartAsync(change: options => options with { Operations = operations }))
        {
            log = api.Log;
            (await api.PostAsync("/v1/score", ScoreRequests.Example)).Status.ShouldBe(200);
            await WaitForAsync(operations, 1);
            cluster.Kill();
            for (int i = 0; i < 20; i++)
            {
                (await api.PostAsync("/v1/score", ScoreRequests.Example)).Status.ShouldBe(200);
            }

            await cluster.StartAsync();
        }

        (await LogAsync(operations)).Count.ShouldBe(21, string.Join('\n', log.Lines));
    }

    [Fact]
    public Task Lead_ForgottenWhileItsScoresWait_IsNotLogged() => ForgetAsync("sqlite:" + _folder["leads.db"]);

    [PostgresFact]
    public async Task Lead_ForgottenWhileItsScoresWaitForPostgres_IsNotLogged()
    {
        await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
        await ForgetAsync(await cluster.CreateDatabaseAsync());
    }

    private async Task ForgetAsync(string address)
    {
        using (ScoreSpool left = ScoreSpool.Open(_folder["spool"], 1 << 20))
        {
            left.TryAppend([.. new[] { "gone", "stays", "Gone@example.com", "b1" }.Select(lead => GivenScores.Row(lead, "{}") with { Model = "small" })]).ShouldBeTrue();
        }

        await using IHistoryStore store = await HistoryStores.OpenAsync(address, create: true);
        await using OperationsStore operations = await OperationsStore.OpenAsync(address, create: true);
        IPeopleStore people = PeopleStores.Of(store);
        foreach ((string? lead, string? email) in new[] { ("gone", (string?)null), (null, "gone@example.com"), ("b1", null) })
        {
            await people.ForgetAsync(lead, email, ApiHost.Clock.GetUtcNow());
        }

        await using (ApiHost api = await ApiHost.StartAsync(store, change: options => options with { Operations = operations, ScoreSpool = _folder["spool"] }))
        {
            await WaitForAsync(operations, 1);
            (await api.PostAsync("/v1/score", ScoreRequests.Example)).Status.ShouldBe(200);
        }

        (await LogAsync(operations)).Select(score => score.LeadId).ShouldBe(["stays"]);
        Directory.GetFiles(_folder["spool"]).ShouldBeEmpty();
    }

    private static string? Answer(string file, string query)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task WaitForAsync(OperationsStore operations, int rows)
    {
        for (int tried = 0; (await LogAsync(operations)).Count < rows; tried++)
        {
            tried.ShouldBeLessThan(500);
            await Task.Delay(10);
        }
    }

    private static async Task<List<LoggedScore>> LogAsync(OperationsStore operations)
    {
        List<LoggedScore> rows = [];
        await foreach (LoggedScore score in operations.Scores.OfModelAsync("small", DateTimeOffset.UnixEpoch))
        {
            rows.Add(score);
        }

        return rows;
    }
}
