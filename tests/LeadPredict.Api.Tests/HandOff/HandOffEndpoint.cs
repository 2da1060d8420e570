using System.Net;
using System.Text;
using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.HandOff;

public sealed class HandOffEndpoint : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("handoff").FullName;
    private IHistoryStore _store = null!;
    private ApiHost _api = null!;

    public async Task InitializeAsync()
    {
        _store = await HistoryStores.OpenAsync($"sqlite:{_folder}/h.db", create: true);
        await _store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("mql", 1).From("webinar").Enters(Stage.MarketingQualified, 10).BuildAlone(),
            new LeadBuilder("deal", 1).Enters(Stage.SalesQualified, 10).Enters(Stage.Opportunity, 20).BuildAlone()));
        _api = await ApiHost.StartAsync(_store, adminKey: ApiHost.AdminKey);
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Accept_Mql_MovesItAndRecordsTheVersion()
    {
        (int status, JsonElement body, _) = await _api.PostAsync("/v1/leads/mql/accept", """{"reason":"fits_profile","actor":"ann","note":"<b>call</b>"}""");

        status.ShouldBe(200);
        body.GetProperty("from").GetString().ShouldBe("MarketingQualified");
        body.GetProperty("to").GetString().ShouldBe("SalesAccepted");
        body.GetProperty("definitionsVersion").GetInt32().ShouldBe(0);
        StageTransition move = (await _store.FindAccountOfLeadAsync("mql"))!.Leads[0].Transitions[^1];
        (move.To, move.Actor, move.Reason, move.OccurredAt).ShouldBe((Stage.SalesAccepted, "ann", "fits_profile", ApiHost.Clock.GetUtcNow()));

        // As soon as the history is watched to that day again.
        await _store.AppendAsync(HistoryBatch.Of(new LeadBuilder("next", (ApiHost.Clock.GetUtcNow() - Day.Zero).TotalDays - 1).BuildAlone()));
        (await _api.GetAsync("/v1/funnel")).Body.GetProperty("acceptance")[0].GetProperty("accepted").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Decision_SentTwice_IsTakenOnce()
    {
        const string Body = """{"id":"once","reason":"not_ready"}""";
        (await _api.PostAsync("/v1/leads/mql/reject", Body)).Body.GetProperty("repeated").GetBoolean().ShouldBeFalse();

        (int status, JsonElement again, _) = await _api.PostAsync("/v1/leads/mql/reject", Body);

        status.ShouldBe(200);
        again.GetProperty("repeated").GetBoolean().ShouldBeTrue();
        again.GetProperty("to").GetString().ShouldBe("Recycled");
        (await _store.SummarizeAsync()).Transitions.ShouldBe(4);
        (await _api.PostAsync("/v1/leads/mql/reopen", """{"id":"once"}""")).Status.ShouldBe(409);
    }

    /// <summary>As clients send that neither know its length nor name its type: it is not passed over.</summary>
    [Fact]
    public async Task Decision_WhoseBodyTellsNeitherLengthNorType_IsRefusedAndWritesNothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/leads/deal/lost") { Content = new StreamContent(new MemoryStream("{\"bogus\":1}"u8.ToArray())) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("X-Api-Key", ApiHost.AdminKey);

        using HttpResponseMessage answer = await _api.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await _store.SummarizeAsync()).Transitions.ShouldBe(3);
    }

    [Fact]
    public async Task Won_WithAmount_IsAnOutcomeToo()
    {
        (await _api.PostAsync("/v1/leads/deal/won", """{"amount":12000.50,"currency":"EUR"}""")).Status.ShouldBe(200);

        Outcome outcome = (await _store.FindAccountOfLeadAsync("deal"))!.Leads[0].Outcomes.ShouldHaveSingleItem();
        (outcome.Won, outcome.Amount, outcome.Currency).ShouldBe((true, 12000.50m, "EUR"));
    }

    [Fact]
    public async Task Won_UnderAnIdentifierThatIsTaken_IsRefusedWithItsMoney()
    {
        await _store.AppendAsync(HistoryBatch.Of(new LeadBuilder("other", 1).Enters(Stage.Won, 10).Closes(won: true, 10, amount: 5).BuildAlone()));
        foreach (string id in new[] { "other/o1", "other/s001" })
        {
            (int status, JsonElement body, _) = await _api.PostAsync("/v1/leads/deal/won", $$"""{"id":"{{id}}","amount":7777,"currency":"EUR"}""");
            status.ShouldBe(409);
            body.GetProperty("detail").GetString()!.ShouldContain("an identifier of its own");
        }

        LeadHistory deal = (await _store.FindAccountOfLeadAsync("deal"))!.Leads[0];
        (deal.Transitions.Count, deal.Outcomes.Count).ShouldBe((2, 0));
    }

    /// <summary>A lead that was SQL once, was recycled and lost as an MQL is no SQL again.</summary>
    [Fact]
    public async Task Reopen_OfALostLead_ReturnsToWhereItStood()
    {
        DateTimeOffset at = ApiHost.Clock.GetUtcNow().AddDays(-1);
        foreach ((string action, string? reason, string to) in new[]
        {
            ("lost", "price", "Lost"), ("reopen", null, "Opportunity"), ("recycle", "no_budget", "Recycled"),
            ("reopen", null, "MarketingQualified"), ("lost", "price", "Lost"), ("reopen", null, "MarketingQualified"),
        })
        {
            at = at.AddHours(1);
            (int status, JsonElement done, _) = await _api.PostAsync($"/v1/leads/deal/{action}", JsonSerializer.Serialize(new { reason, occurredAt = at }));
            (status, done.GetProperty("to").GetString()).ShouldBe((200, to));
        }
    }

    [Fact]
    public async Task Lead_WithAMoveAhead_IsDecidedOnWhatIsKnownNow()
    {
        await _store.AppendAsync(new()
        {
            Transitions = [new() { Id = "ahead", LeadId = "mql", To = Stage.SalesQualified, OccurredAt = ApiHost.Clock.GetUtcNow().AddDays(200), RecordedAt = ApiHost.Clock.GetUtcNow() }],
        });

        (int status, JsonElement done, _) = await _api.PostAsync("/v1/leads/mql/reject", """{"reason":"not_ready"}""");

        (status, done.GetProperty("from").GetString(), done.GetProperty("to").GetString()).ShouldBe((200, "MarketingQualified", "Recycled"));
    }

    [Theory]
    [InlineData("/v1/leads/mql/accept", "{}", 400, "/reason")]
    [InlineData("/v1/leads/mql/accept", """{"reason":"i like it"}""", 400, "/reason")]
    [InlineData("/v1/leads/mql/accept", """{"reason":"fits_profile","amount":5}""", 400, "/amount")]
    [InlineData("/v1/leads/mql/accept", """{"reason":"fits_profile","occurredAt":"2026-01-01T00:00:00Z"}""", 400, "/occurredAt")]
    [InlineData("/v1/leads/mql/accept", """{"reason":"fits_profile","occurredAt":"2025-01-02T00:00:00Z"}""", 400, "/occurredAt")]
    [InlineData("/v1/leads/deal/won", """{"amount":5,"currency":"EURO"}""", 400, "/currency")]
    [InlineData("/v1/leads/deal/accept", """{"reason":"fits_profile"}""", 409, null)]
    [InlineData("/v1/leads/nobody/accept", """{"reason":"fits_profile"}""", 404, null)]
    public async Task Decision_ThatMayNotBe_IsRefusedAndWritesNothing(string path, string json, int expected, string? pointer)
    {
        (int status, JsonElement body, string? type) = await _api.PostAsync(path, json);

        status.ShouldBe(expected);
        type.ShouldBe("application/problem+json");
        if (pointer is not null)
        {
            body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
        }

        (await _store.SummarizeAsync()).Transitions.ShouldBe(3);
    }

    [Fact]
    public async Task Definitions_Adopted_AreInForceForTheNextDecision()
    {
        const string Yaml = """
            version: 1
            reasons:
              accept: { yes: We want it }
              reject: { no: { text: We do not } }
              recycle: { no: We do not }
              disqualify: { no: We do not }
            serviceLevels: { firstCallHours: 24 }
            """;
        _api.Client.DefaultRequestHeaders.Add("X-Api-Key", ApiHost.AdminKey);
        using HttpResponseMessage adopted = await _api.Client.PostAsync("/v1/definitions", new StringContent(Yaml, Encoding.UTF8, "application/yaml"));
        adopted.StatusCode.ShouldBe(HttpStatusCode.OK);
        using HttpResponseMessage again = await _api.Client.PostAsync("/v1/definitions", new StringContent('\uFEFF' + Yaml, Encoding.UTF8, "application/yaml"));
        again.StatusCode.ShouldBe(HttpStatusCode.OK, "a byte-order mark is no part of the text");
        using HttpResponseMessage changed = await _api.Client.PostAsync(
            "/v1/definitions", new StringContent(Yaml.Replace("24", "48", StringComparison.Ordinal), Encoding.UTF8, "application/yaml"));
        changed.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using HttpResponseMessage faulty = await _api.Client.PostAsync("/v1/definitions", new StringContent("version: x", Encoding.UTF8, "application/yaml"));
        faulty.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        (await _api.PostAsync("/v1/leads/mql/accept", """{"reason":"fits_profile"}""")).Status.ShouldBe(400);
        (await _api.PostAsync("/v1/leads/mql/accept", """{"reason":"yes"}""")).Body.GetProperty("definitionsVersion").GetInt32().ShouldBe(1);
        (await _api.GetAsync("/v1/definitions")).Body.GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Definitions_OfReasons_SayWhereToOfARejectionAlone()
    {
        JsonElement reasons = (await _api.GetAsync("/v1/definitions")).Body[0].GetProperty("reasons");

        foreach (JsonProperty action in reasons.EnumerateObject())
        {
            foreach (JsonElement reason in action.Value.EnumerateArray())
            {
                reason.TryGetProperty("to", out _).ShouldBe(action.Name == "Reject", $"{action.Name} {reason}");
            }
        }

        reasons.GetProperty("Reject").EnumerateArray().Select(reason => reason.GetProperty("to").GetString()).Distinct().ShouldBe(["Disqualified", "Recycled"], ignoreOrder: true);
    }

    [Fact]
    public async Task Funnel_WithoutStore_IsAProblem()
    {
        await using ApiHost bare = await ApiHost.StartAsync();
        (await bare.GetAsync("/v1/funnel")).Status.ShouldBe(503);
    }
}
