using System.Text;
using System.Text.Json;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Requests;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Api.Tests;

public sealed class ScoreEndpoint : IAsyncLifetime
{
    private ApiHost _api = null!;

    public async Task InitializeAsync() => _api = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Score_OfTheExample_HasEveryField()
    {
        (int status, JsonElement body, _) = await _api.PostAsync("/v1/score", ScoreRequests.Example);
        status.ShouldBe(200);
        foreach (string field in new[]
        {
            "leadId", "asOf", "model", "probabilities", "score", "grade", "scorecard", "agreement", "next", "reasons", "abstained", "warnings",
            "stage", "rawScore", "baseValue", "reasonsOf", "reasonsMethod",
        })
        {
            body.TryGetProperty(field, out _).ShouldBeTrue(field);
        }

        Names(body.GetProperty("model")).ShouldBe(["name", "version", "hash"]);
        Names(body.GetProperty("probabilities")).ShouldBe(["sql", "closeGivenSql", "close"]);
        Names(body.GetProperty("probabilities").GetProperty("close")).ShouldBe(["value", "low", "high"]);
        Names(body.GetProperty("next")).ShouldBe(["stage", "action", "owner", "because"]);
        Names(body.GetProperty("reasons")[0]).ShouldBe(["feature", "value", "contribution", "text"]);
        string[] scorecard = ["version", "points", "fit", "engagement", "grade", "stage", "probability", "items"];
        scorecard.ShouldBeSubsetOf(Names(body.GetProperty("scorecard")));
        body.GetProperty("asOf").GetString().ShouldBe("2025-06-01T00:00:00Z");
        body.GetProperty("stage").GetString().ShouldBe("MarketingQualified");

        double close = body.GetProperty("probabilities").GetProperty("close").GetProperty("value").GetDouble();
        double sql = body.GetProperty("probabilities").GetProperty("sql").GetProperty("value").GetDouble();
        close.ShouldBeInRange(0, sql);
        sql.ShouldBeInRange(close, 1);
        double sum = body.GetProperty("baseValue").GetDouble() + body.GetProperty("reasons").EnumerateArray().Sum(reason => reason.GetProperty("contribution").GetDouble());
        sum.ShouldBe(body.GetProperty("rawScore").GetDouble());
    }

    [Fact]
    public async Task Score_WithAFutureTouch_IgnoresAndNamesIt()
    {
        (_, JsonElement without, _) = await _api.PostAsync("/v1/score", ScoreRequests.Example);
        (int status, JsonElement with, _) = await _api.PostAsync("/v1/score", ScoreRequests.With(
            "\"touches\": [", "\"touches\": [ { \"id\": \"later\", \"type\": \"demo_request\", \"occurredAt\": \"2025-06-01T00:00:00Z\" },"));
        status.ShouldBe(200);
        with.GetProperty("warnings").EnumerateArray().ShouldContain(warning => warning.GetString()!.Contains("later"));
        with.GetProperty("probabilities").GetRawText().ShouldBe(without.GetProperty("probabilities").GetRawText());
    }

    [Fact]
    public async Task Score_OverHttp_IsByteForByteWhatTheScorerWrites()
    {
        using HttpResponseMessage response = await _api.Client.PostAsync("/v1/score", new StringContent(ScoreRequests.Example, Encoding.UTF8, "application/json"));
        byte[] http = await response.Content.ReadAsByteArrayAsync();
        using var engine = new PredictionEngine(_api.Repository.Load("small", 1));
        byte[] direct = LeadScoreWriter.Write(ScoreRequestReader.Read(Encoding.UTF8.GetBytes(ScoreRequests.Example)).Score(engine, ApiHost.Clock.GetUtcNow()));
        http.ShouldBe(direct);
    }

    [Fact]
    public async Task Score_WithoutAsOf_IsAsOfNow()
    {
        (_, JsonElement body, _) = await _api.PostAsync("/v1/score", ScoreRequests.With("\"asOf\": \"2025-06-01T00:00:00Z\",", ""));
        body.GetProperty("asOf").GetString().ShouldBe("2025-07-01T00:00:00Z");
    }

    [Fact]
    public async Task Score_WithATouchSentTwice_CountsItOnce()
    {
        string touch = "{ \"id\": \"d\", \"type\": \"demo_request\", \"occurredAt\": \"2025-05-20T10:00:00Z\" },";
        (_, JsonElement once, _) = await _api.PostAsync("/v1/score", ScoreRequests.With("\"touches\": [", "\"touches\": [" + touch));
        (_, JsonElement twice, _) = await _api.PostAsync("/v1/score", ScoreRequests.With("\"touches\": [", "\"touches\": [" + touch + touch));
        twice.GetProperty("rawScore").GetDouble().ShouldBe(once.GetProperty("rawScore").GetDouble());
        twice.GetProperty("warnings")[0].GetString().ShouldBe("1 touches sent again, of which the first counts: d.");
    }

    [Theory]
    [InlineData("\"MarketingQualified\"", "\"Sql\"", "/transitions/0/to")]
    [InlineData("\"MarketingQualified\"", "1", "/transitions/0/to")]
    [InlineData("\"2025-05-20T10:00:00Z\"", "\"0001-01-01T00:00:00Z\"", "/touches/0/occurredAt")]
    [InlineData("\"2025-05-20T10:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "/touches/0/occurredAt")]
    [InlineData("\"2025-05-20T10:00:00Z\"", "\"yesterday\"", "/touches/0/occurredAt")]
    [InlineData("\"2025-05-20T10:00:00Z\"", "1e400", "/touches/0/occurredAt")]
    [InlineData("\"2025-05-20T10:00:00Z\"", "null", "/touches/0")]
    [InlineData("250", "1e400", "/lead/attributes/employees")]
    [InlineData("250", "{}", "/lead/attributes/employees")]
    [InlineData("250", "[{\"value\":1}]", "/lead/attributes/employees/0")]
    [InlineData("250", "[{\"occurredAt\":\"2025-05-02\"}]", "/lead/attributes/employees/0")]
    [InlineData("\"software\"", "\"soft\\u0000ware\"", "/lead/attributes/industry")]
    [InlineData("\"software\"", "\"\\ud800\"", "/lead/attributes/industry")]
    [InlineData("\"pricing\"", "\"\\udc00\"", "/touches/0/properties/page")]
    [InlineData("\"b1\"", "\"\"", "/lead/id")]
    [InlineData("\"b1\"", "7", "/lead/id")]
    [InlineData("\"id\": \"b1\",", "", "/lead")]
    [InlineData("\"createdAt\"", "\"created_at\"", "/lead/created_at")]
    [InlineData("\"country\"", "\"INDUSTRY\"", "/lead/attributes/INDUSTRY")]
    [InlineData("\"source\"", "\"id\"", "/lead/id")]
    [InlineData("\"page_view\"", "\"Page View\"", "/touches/0/type")]
    [InlineData("\"asOf\"", "\"asof\"", "/asof")]
    [InlineData("\"2025-06-01T00:00:00Z\"", "\"2025-04-01\"", "/asOf")]
    [InlineData("\"touches\": [", "\"touches\": [7,", "/touches/0")]
    [InlineData("\"touches\": [ {", "\"touches\": { \"a\": [ {", "")]
    [InlineData("\"lead\": {", "\"leadId\": \"x\", \"lead\": {", "/lead")]
    public async Task Score_OfABadRequest_PointsAtTheFault(string part, string other, string pointer)
    {
        (int status, JsonElement body, string? type) = await _api.PostAsync("/v1/score", ScoreRequests.With(part, other));
        status.ShouldBe(400);
        type.ShouldBe("application/problem+json");
        JsonElement errors = body.GetProperty("errors");
        errors.EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldContain(pointer, errors.GetRawText());
        foreach (JsonElement error in errors.EnumerateArray())
        {
            error.GetProperty("found").GetString().ShouldNotBeNullOrEmpty();
            error.GetProperty("expected").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("NaN")]
    [InlineData("{\"asOf\": NaN}")]
    [InlineData("{\"lead\": null}")]
    [InlineData("{} {}")]
    public async Task Score_OfNoRequest_IsRefused(string body)
    {
        (int status, JsonElement problem, _) = await _api.PostAsync("/v1/score", body);
        status.ShouldBe(400);
        problem.GetProperty("errors").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Score_WithTooMuch_IsRefused()
    {
        string touches = string.Join(",", Enumerable.Range(0, 100_000).Select(_ => "{}"));
        (int status, JsonElement body, _) = await _api.PostAsync("/v1/score", ScoreRequests.With("\"touches\": [", "\"touches\": [" + touches + ","));
        status.ShouldBe(400);
        body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/touches");
        body.GetProperty("errors")[0].GetProperty("expected").GetString().ShouldBe("at most 10000");

        (status, body, _) = await _api.PostAsync("/v1/score", ScoreRequests.With("\"software\"", $"\"{new string('x', 5_000_000)}\""));
        status.ShouldBe(413);
        body.GetProperty("detail").GetString()!.ShouldContain("4 MB");

        (status, _, _) = await _api.PostAsync("/v1/score", ScoreRequests.With("250", string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40))));
        status.ShouldBe(400);
        (status, _, _) = await _api.PostAsync("/v1/score", ScoreRequests.With("\"software\"", $"\"{new string('x', 10_001)}\""));
        status.ShouldBe(400);
    }

    [Fact]
    public async Task Score_WithManyFaults_TellsAllOfThemAtOnce()
    {
        (_, JsonElement body, _) = await _api.PostAsync("/v1/score", ScoreRequests.Example
            .Replace("\"MarketingQualified\"", "\"Sql\"", StringComparison.Ordinal).Replace("2025-05-20T10:00:00Z", "never", StringComparison.Ordinal)
            .Replace("250", "1e400", StringComparison.Ordinal));
        body.GetProperty("errors").GetArrayLength().ShouldBe(3);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/x-ndjson")]
    public async Task Score_OfAnotherContentType_IsRefused(string type)
    {
        (int status, JsonElement body, string? problem) = await _api.PostAsync("/v1/score", ScoreRequests.Example, type);
        status.ShouldBe(415);
        problem.ShouldBe("application/problem+json");
        body.GetProperty("detail").GetString()!.ShouldContain("application/json");
    }

    [Fact]
    public async Task Score_OfBadUtf8_IsRefused()
    {
        var content = new ByteArrayContent([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        content.Headers.ContentType = new("application/json");
        using HttpResponseMessage response = await _api.Client.PostAsync("/v1/score", content);
        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync()).ShouldContain("UTF-8");
    }

    [Fact]
    public async Task Score_OfAnotherModel_IsRefusedByName()
    {
        foreach (string model in new[] { "other", "../small", "small@1" })
        {
            (int status, JsonElement body, _) = await _api.PostAsync("/v1/score?model=" + Uri.EscapeDataString(model), ScoreRequests.Example);
            status.ShouldBe(404, model);
            body.GetProperty("title").GetString().ShouldBe("Not Found");
        }

        (await _api.PostAsync("/v1/score?model=small", ScoreRequests.Example)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Log_OfRequests_HoldsNothingThatTheySaid()
    {
        await _api.PostAsync("/v1/score", ScoreRequests.With("\"b1\"", "\"jane@acme.example\""));
        await _api.PostAsync("/v1/score", ScoreRequests.With("\"2025-05-20T10:00:00Z\"", "\"jane@acme.example\""));
        await _api.GetAsync("/v1/leads/jane@acme.example");
        _api.Log.Lines.Where(line => line.Contains("jane", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
}
