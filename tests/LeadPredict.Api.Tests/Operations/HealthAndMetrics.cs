using System.Net;
using System.Text;
using System.Text.Json;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Health;
using LeadPredict.Api.Tests.Rescoring;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Operations;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LeadPredict.Api.Tests.Operations;

public class HealthAndMetrics
{
    [Fact]
    public async Task Metrics_AfterSomeScores_CountThemByOpenTelemetrysNames()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        for (int i = 0; i < 3; i++)
        {
            await api.PostAsync("/v1/score", ScoreRequests.Example);
        }

        await api.PostAsync("/v1/score", "{}");
        await api.Client.GetAsync("/nowhere");

        // A request is measured once its answer has gone.
        string text = "";
        for (int tried = 0; tried < 500 && !(text.Contains("status_code=\"404\"") && text.Contains("status_code=\"400\"")); tried++)
        {
            await Task.Delay(tried == 0 ? 0 : 10);
            text = await api.Client.GetStringAsync("/metrics");
        }

        text.ShouldContain("leadpredict_scores_total{model=\"small\"} 3\n");
        text.ShouldContain("leadpredict_model_version{model=\"small\"} 1\n");
        text.ShouldContain("# TYPE http_server_request_duration_seconds histogram\n");
        text.ShouldMatch("""http_server_request_duration_seconds_count\{[^}]*http_response_status_code="200"[^}]*http_route="/v1/score/"[^}]*\} 3\n""");
        text.ShouldMatch("""http_server_request_duration_seconds_bucket\{[^}]*http_response_status_code="400"[^}]*le="\+Inf"\} 1\n""");
        text.ShouldMatch("""http_server_request_duration_seconds_count\{[^}]*aspnetcore_request_is_unhandled="true"[^}]*http_response_status_code="404"[^}]*\} 1\n""");
        text.ShouldContain("dotnet_gc_collections_total{");
        text.ShouldContain("# TYPE dotnet_thread_pool_thread_count gauge\n");
        text.ShouldContain("# TYPE dotnet_thread_pool_queue_length gauge\n");
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            line.ShouldMatch("""^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*",?)+\})? -?[0-9].*)$""");
        }
    }

    [Fact]
    public async Task Metrics_OfAChallengerThatIsOneNoMore_AreGone()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        int version = await api.Repository.PublishAsync(SmallModels.Draft(intercept: -3));
        await api.Repository.PromoteAsync("small", version, ModelAlias.Challenger);
        api.Services.GetRequiredService<ServedModels>().HasChallenger("small").ShouldBeTrue();
        (await api.Client.GetStringAsync("/metrics")).ShouldContain("leadpredict_model_version{model=\"small@challenger\"} 2\n");

        await api.Repository.PromoteAsync("small", version);
        api.Refresh();

        string text = await api.Client.GetStringAsync("/metrics");
        text.ShouldNotContain("leadpredict_model_version{model=\"small@challenger\"}");
        text.ShouldContain("leadpredict_model_version{model=\"small\"} 2\n");
    }

    [Fact]
    public async Task Readiness_WhenTheServiceEnds_IsDownFirst()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        (_, JsonElement ready) = await api.GetAsync("/health/ready");
        ready.GetProperty("checks").EnumerateArray().Select(check => $"{check.GetProperty("name")} {check.GetProperty("status")}").ShouldBe(["model good", "store absent", "disk good"]);

        await api.Services.GetRequiredService<Drain>().StoppingAsync(CancellationToken.None);

        using HttpResponseMessage down = await api.Client.GetAsync("/health/ready");
        down.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        down.Headers.ConnectionClose.ShouldBe(true);
        (await down.Content.ReadAsStringAsync()).ShouldContain("ending");
        (await api.GetAsync("/health/live")).Status.ShouldBe(200);
        (await api.PostAsync("/v1/score", ScoreRequests.Example)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData(ScoreRequests.Example, HttpStatusCode.OK)]
    public async Task Answers_WhenTheServiceEnds_AskForTheConnectionToBeClosed(string request, HttpStatusCode expected)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await api.Services.GetRequiredService<Drain>().StoppingAsync(CancellationToken.None);

        using HttpResponseMessage answer = await api.Client.PostAsync("/v1/score", new StringContent(request, Encoding.UTF8, "application/json"));

        answer.StatusCode.ShouldBe(expected);
        answer.Headers.ConnectionClose.ShouldBe(true);
    }

    [PostgresFact]
    public async Task Store_ThatIsAway_IsSaidAndScoringGoesOn()
    {
        await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
        string address = await cluster.CreateDatabaseAsync();
        await using IHistoryStore store = await HistoryStores.OpenAsync(address, create: true);
        await using OperationsStore operations = await OperationsStore.OpenAsync(address, create: false);
        await using ApiHost api = await ApiHost.StartAsync(store, change: options => options with { Operations = operations, LogScores = false });
        (await api.GetAsync("/health/ready")).Body.GetProperty("status").GetString().ShouldBe("ready");

        cluster.Kill();
        (int status, JsonElement body) = await api.GetAsync("/health/ready");
        (status, body.GetProperty("status").GetString()).ShouldBe((200, "degraded"));
        body.GetRawText().ShouldNotContain("127.0.0.1", Case.Sensitive, "this is answered without a key");
        (await api.PostAsync("/v1/score", ScoreRequests.Example)).Status.ShouldBe(200);
        (await api.PostAsync("/v1/score", """{"leadId":"x"}""")).Status.ShouldBe(503);
        (await api.PostAsync("/v1/touches", """[{"leadId":"x","id":"t","type":"call","occurredAt":"2025-01-01"}]""")).Status.ShouldBe(503);

        await cluster.StartAsync();
        (await api.GetAsync("/health/ready")).Body.GetProperty("status").GetString().ShouldBe("ready");
        (await api.PostAsync("/v1/score", """{"leadId":"x"}""")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Store_WhoseFileWasReplaced_IsSaidAndTakesNothing()
    {
        using TemporaryFolder folder = new();
        string file = folder["leads.db"];
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + file, create: true);
        await using OperationsStore operations = await OperationsStore.OpenAsync("sqlite:" + file, create: false);
        await using ApiHost api = await ApiHost.StartAsync(store, change: options => options with { Operations = operations, LogScores = false });
        (await api.GetAsync("/health/ready")).Body.GetProperty("status").GetString().ShouldBe("ready");

        File.Copy(file, file + ".backup");
        File.Move(file + ".backup", file, overwrite: true);

        (await api.PostAsync("/v1/touches", """[{"leadId":"x","id":"t","type":"call","occurredAt":"2025-01-01"}]""")).Status.ShouldBe(503);
        (int status, JsonElement body) = await api.GetAsync("/health/ready");
        (status, body.GetProperty("status").GetString()).ShouldBe((200, "degraded"));
        body.GetProperty("fault").GetString()!.ShouldStartWith("the store's file was replaced or moved while it was open; stop the service");
        body.GetRawText().ShouldNotContain("leads.db");
        api.Log.Lines.ShouldContain(line => line.Contains($"SQLite at {file}: the file was replaced or moved", StringComparison.Ordinal));
        (await api.PostAsync("/v1/score", ScoreRequests.Example)).Status.ShouldBe(200);
    }

    [PostgresFact]
    public async Task Store_ThatLacksWhatIsNeededInTheMiddleOfWork_IsSaidForAMinute()
    {
        // Any refusal of the kind will do.
        string address = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync("ENCODING 'LATIN1' LOCALE 'C'");
        StoreServerException refusal = await Should.ThrowAsync<StoreServerException>(() => HistoryStores.OpenAsync(address, create: true));
        using TemporaryFolder folder = new();
        FakeTimeProvider clock = new(ApiHost.Clock.GetUtcNow());
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        await using OperationsStore operations = await OperationsStore.OpenAsync("sqlite:" + folder["leads.db"], create: false);
        (IHistoryStore failing, CountedReadings readings) = CountedReadings.Of(store);
        await using ApiHost api = await ApiHost.StartAsync(failing, change: options => options with { Operations = operations, LogScores = false, Time = clock });
        readings.Faults["x"] = refusal;
        readings.Faults["y"] = new PostgresException("of secret@example.org", "ERROR", "ERROR", "22P05");

        (await api.PostAsync("/v1/score", """{"leadId":"y"}""")).Status.ShouldBe(500);
        (await api.GetAsync("/health/ready")).Body.GetProperty("status").GetString().ShouldBe("ready");
        (await api.PostAsync("/v1/score", """{"leadId":"x"}""")).Status.ShouldBe(503);
        (await api.GetAsync("/health/ready")).Body.GetProperty("fault").GetString().ShouldBe("the database, or a pooler before it, lacks what the service needs; its log tells what");

        clock.Advance(TimeSpan.FromMinutes(2));
        (await api.GetAsync("/health/ready")).Body.GetProperty("status").GetString().ShouldBe("ready");
        api.Log.Lines.ShouldContain(line => line.Contains("Npgsql.PostgresException (SQLSTATE 22P05) at", StringComparison.Ordinal));
        api.Log.Lines.ShouldNotContain(line => line.Contains("secret", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Store_ThatIsReadOnly_IsAwayAndSaidOnce()
    {
        await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
        string address = await cluster.CreateDatabaseAsync();
        await using IHistoryStore store = await HistoryStores.OpenAsync(address, create: true);
        await using OperationsStore operations = await OperationsStore.OpenAsync(address, create: false);
        await using ApiHost api = await ApiHost.StartAsync(store, change: options => options with { Operations = operations });
        await PostgresCluster.ExecuteOnAsync(address, "ALTER DATABASE test_1 SET default_transaction_read_only = on");
        await cluster.ExecuteAsync("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'test_1'");

        // The first requests find the connections broken that were ended.
        for (int tried = 0; tried < 20; tried++)
        {
            (await api.PostAsync("/v1/touches", """[{"leadId":"x","id":"t","type":"call","occurredAt":"2025-01-01"}]""")).Status.ShouldBe(503);
        }

        api.Log.Lines.Count(line => line.Contains("answered 503: PostgreSQL at", StringComparison.Ordinal) && line.Contains("it is read-only", StringComparison.Ordinal)).ShouldBe(1);
        (await api.PostAsync("/v1/score", ScoreRequests.Example)).Status.ShouldBe(200);
        JsonElement ready = (await api.GetAsync("/health/ready")).Body;

        // It may not answer for a moment either, while connections are made anew.
        for (int tried = 0; !ready.GetRawText().Contains("the store cannot be written; scores that are given wait to be logged", StringComparison.Ordinal); tried++)
        {
            tried.ShouldBeLessThan(2_000, ready.GetRawText());
            await Task.Delay(10);
            ready = (await api.GetAsync("/health/ready")).Body;
        }

        ready.GetProperty("status").GetString().ShouldBe("degraded");
    }

    [Fact]
    public async Task Models_InAFile_AreSaidToBeUnreadable()
    {
        string file = Path.GetTempFileName();
        await using ApiHost api = await ApiHost.StartAsync(change: options => options with { Models = file });
        (int status, JsonElement body) = await api.GetAsync("/health/ready");
        (await api.PostAsync("/v1/score", ScoreRequests.Example)).Status.ShouldBe(503);
        File.Delete(file);
        (status, body.GetProperty("fault").GetString()).ShouldBe((503, "The folder of models cannot be read now; the service's log tells why."));
        api.Log.Lines.ShouldContain(line => line.Contains($"{file} cannot be read: it is a file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_WithPersonalData_LeaveNoneInTheLog()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        string body = ScoreRequests.Example.Replace("\"b1\"", "\"planted@example.com\"", StringComparison.Ordinal);
        await api.PostAsync("/v1/score", body);
        await api.PostAsync("/v1/score", body.Replace("2025-05-01", "planted@example.com", StringComparison.Ordinal));
        await api.GetAsync("/v1/leads/planted@example.com/score?asOf=planted@example.com");
        await api.PostAsync("/v1/score/batch", $"[{body},\"planted@example.com\"]");
        string.Join('\n', api.Log.Lines).ShouldNotContain("planted");
    }
}
