using System.Text.Json;
using LeadPredict.Api.Events;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadPredict.Api.Tests.Events;

public sealed class EventsOut : StoredLeads
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] NextSecret = [.. Enumerable.Range(7, 24).Select(i => (byte)i)];
    private Receiver _receiver = null!;

    private static DateTimeOffset Now => ApiHost.Clock.GetUtcNow();

    private protected override async Task BeginAsync()
    {
        _receiver = await Receiver.StartAsync();
    }

    private protected override async Task EndAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task Leads_OfTheStore_AreScoredOnceAndAgainWhenTheirHistoryGrows()
    {
        await History.AppendAsync(HistoryBatch.Of(new LeadBuilder("s1").From("event").Enters(Stage.MarketingQualified, 7).BuildAlone()));
        await History.AppendAsync(HistoryBatch.Of(new LeadBuilder("later", created: 9999).BuildAlone()));
        var clock = new FakeTimeProvider(Now);
        await using ApiHost api = await ApiHost.StartAsync(
            History, change: options => options with { Operations = Operations, RescoreEvery = TimeSpan.FromHours(24), Time = clock });
        await ScoredAsync(Now);

        clock.Advance(TimeSpan.FromHours(1));
        (await api.PostAsync("/v1/touches", """[{"leadId":"s1","id":"new","type":"demo_request","occurredAt":"2025-06-30T00:00:00Z"}]""")).Status.ShouldBe(200);
        await ScoredAsync(Now.AddHours(1));
        clock.Advance(TimeSpan.FromHours(25));
        await ScoredAsync(Now.AddHours(26));

        IReadOnlyList<LoggedScore> scores = await Operations.Scores.OfLeadAsync("s1", 10);
        scores.ShouldAllBe(score => score.Origin == "rescored");
        LoggedScore[] hours = [.. scores.DistinctBy(score => Math.Floor((score.AsOf - Now).TotalHours))];
        hours.Select(score => Math.Floor((score.AsOf - Now).TotalHours)).ShouldBe([26, 1, 0]);
        hours[1].Fingerprint.ShouldNotBe(hours[2].Fingerprint);
        (await Operations.Scores.OfLeadAsync("later", 10)).ShouldBeEmpty();
        (await api.GetAsync("/v1/leads/s1/scores")).Body.GetArrayLength().ShouldBe(scores.Count);

        async Task ScoredAsync(DateTimeOffset asOf) => await WaitForAsync(async () => (await Operations.LastScores.FindAsync("s1"))?.AsOf >= asOf);
    }

    [Fact]
    public async Task Score_ThatCrossesAThreshold_IsToldSignedAndOnce()
    {
        await History.AppendAsync(HistoryBatch.Of(new LeadBuilder("s1").From("event").Has("employees", 250).Touched("demo_request", 5).Enters(Stage.MarketingQualified, 7).BuildAlone()));
        await Operations.LastScores.KeepAsync(Before("s1", Now.AddDays(-2), 0, "nurture"), null, []);
        _receiver.Answer = count => count == 0 ? 500 : 200;
        await using ApiHost api = await StartAsync(TimeSpan.FromHours(24), new() { Url = _receiver.Url, Secrets = [Secret, NextSecret], Thresholds = [1] });

        await WaitForAsync(() => Task.FromResult(!_receiver.Received.IsEmpty));
        (string method, _, Dictionary<string, string> headers, string body, _) = _receiver.Received.First();
        method.ShouldBe("POST");
        headers["webhook-signature"].Split(' ').ShouldBe(
            new[] { Secret, NextSecret }.Select(secret => EventRequest.Signature(secret, headers["webhook-id"], headers["webhook-timestamp"], body)));
        JsonElement told = JsonDocument.Parse(body).RootElement;
        (told.GetProperty("id").GetString(), told.GetProperty("leadId").GetString(), told.GetProperty("type").GetString(), told.GetProperty("direction").GetString(), told.GetProperty("previousScore").GetInt32())
            .ShouldBe((headers["Idempotency-Key"], "s1", ScoreEvents.Crossed, "up", 0));

        // The receiver failed and the clock stands still: both events wait, the second behind the first.
        await WaitForAsync(async () => (await Operations.Outbox.DueAsync(Now.AddMinutes(1), 10)) is [{ Attempts: 1 }]);
        (await Operations.Outbox.CountAsync()).ShouldBe((2, 0));
    }

    [Fact]
    public async Task Events_WhileTheReceiverFails_AllArriveInOrderForEachLead()
    {
        var random = new Random(7);
        List<OutboxEvent> events = [.. Enumerable.Range(0, 60).Select(i => Event($"e{i:D3}", $"l{i % 7}", i))];
        foreach (OutboxEvent one in events)
        {
            await Operations.LastScores.KeepAsync(Before(one.LeadId, one.CreatedAt, 5, "x"), await Operations.LastScores.FindAsync(one.LeadId), [one]);
        }

        _receiver.Answer = _ => random.Next(3) == 0 ? 503 : 200;
        var clock = new FakeTimeProvider(Now);
        for (int restart = 0; (await Operations.Outbox.CountAsync()).Waiting > 0; restart++)
        {
            // Each round is another service, the one before having been killed: its lease runs out, what it noted stays.
            restart.ShouldBeLessThan(500);
            clock.Advance(TimeSpan.FromMinutes(2));
            using var sender = new EventSender(
                new() { Operations = Operations, Time = clock, Events = new() { Url = _receiver.Url, Secrets = [Secret] } }, NullLogger<EventSender>.Instance);
            using var client = new HttpClient();
            using var kill = new CancellationTokenSource(restart % 3 == 1 ? TimeSpan.FromMilliseconds(random.Next(1, 8)) : Timeout.InfiniteTimeSpan);
            try
            {
                await sender.StepAsync(client, kill.Token);
            }
            catch (OperationCanceledException)
            {
                // Killed in the middle of a delivery.
            }
        }

        foreach (IGrouping<string, OutboxEvent> lead in events.GroupBy(one => one.LeadId))
        {
            string[] arrived = [.. _receiver.Received.Where(received => received.Status == 200).Select(received => JsonDocument.Parse(received.Body).RootElement)
                .Where(body => body.GetProperty("leadId").GetString() == lead.Key).Select(body => body.GetProperty("id").GetString()!)];
            arrived.Distinct().ShouldBe(lead.Select(one => one.EventId));

            // A repeat comes before the next event.
            arrived.ShouldBe(arrived.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Event_ThatIsRefusedAgainAndAgain_IsGivenUpAndCanBeTriedAgain()
    {
        await Operations.LastScores.KeepAsync(Before("l1", Now, 5, "x"), null, [Event("e1", "l1", 0)]);
        _receiver.Answer = _ => 410;
        var clock = new FakeTimeProvider(Now);
        using var sender = new EventSender(
            new() { Operations = Operations, Time = clock, Events = new() { Url = _receiver.Url } }, NullLogger<EventSender>.Instance);
        using var client = new HttpClient();
        for (int i = 0; i < EventSender.MostAttempts; i++)
        {
            clock.Advance(TimeSpan.FromHours(2));
            (await sender.StepAsync(client, CancellationToken.None)).ShouldBe(1);
        }

        (await Operations.Outbox.CountAsync()).ShouldBe((0, 1));
        await using ApiHost api = await StartAsync(TimeSpan.Zero, null, ApiHost.AdminKey);
        api.Client.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.AdminKey);
        (_, JsonElement box) = await api.GetAsync("/v1/events");
        (box.GetProperty("dead").GetInt32(), box.GetProperty("letters")[0].GetProperty("error").GetString()).ShouldBe((1, "the receiver answered 410"));
        (await api.PostAsync("/v1/events/retry", "")).Body.GetProperty("retried").GetInt32().ShouldBe(1);
        (await Operations.Outbox.CountAsync()).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Event_ThatCannotBeMadeIntoARequest_WaitsLikeOneThatFailed()
    {
        await Operations.LastScores.KeepAsync(Before("l1", Now, 5, "x"), null, [Event("e1", "l1", 0)]);
        using var sender = new EventSender(
            new() { Operations = Operations, Time = new FakeTimeProvider(Now), Events = new() { Url = _receiver.Url, Token = "token\n" } }, NullLogger<EventSender>.Instance);
        using var client = new HttpClient();

        (await sender.StepAsync(client, CancellationToken.None)).ShouldBe(1);

        (await Operations.Outbox.DueAsync(Now, 10)).ShouldBeEmpty();
        (await Operations.Outbox.DueAsync(Now.AddMinutes(1), 10)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            waiting => waiting.Attempts.ShouldBe(1),
            waiting => waiting.Error.ShouldBe("it could not be sent: FormatException"));
    }

    [Fact]
    public void Token_ThatNoHeaderCarries_IsRefused() =>
        Should.Throw<ArgumentException>(() => new EventOptions { Url = _receiver.Url, Token = "t\u00f6ken" }.Check()).Message.ShouldContain("bearer token");

    [Fact]
    public void Backoff_GrowsToAnHourAndIsSpread()
    {
        for (int attempts = 0; attempts < 70; attempts++)
        {
            double middle = Math.Min(3600, Math.Pow(2, Math.Min(attempts, 12)));
            double[] pauses = [.. Enumerable.Range(1, 50).Select(id => EventSender.Backoff(attempts, id).TotalSeconds)];
            pauses.ShouldAllBe(pause => pause >= 0.75 * middle && pause <= 1.25 * middle);
            pauses.Distinct().Count().ShouldBeGreaterThan(40);
        }
    }

    internal static OutboxEvent Event(string id, string lead, int second)
    {
        DateTimeOffset at = Now.AddHours(-1).AddSeconds(second);
        ScoreEvent score = new(
            id, ScoreEvents.Crossed, at, lead, "MarketingQualified", 72, "B", 40, 50, "up", new(Stage.SalesAccepted, "call this week", "sales development", "because"), "nurture", 0.4, 0.1, new("small", 1, "h"));
        return new(id, lead, ScoreEvents.Crossed, JsonSerializer.Serialize(score, Answers.AnswerJson.Options), at);
    }

    internal static LoggedScore Before(string lead, DateTimeOffset at, int score, string action) => new()
    {
        At = at,
        LeadId = lead,
        AsOf = at,
        Model = "small",
        Version = 1,
        Hash = "h",
        Role = "champion",
        Origin = "rescored",
        Fingerprint = "f",
        Stage = "Lead",
        Score = score,
        Grade = "D",
        NextStage = "MarketingQualified",
        NextAction = action,
    };

    internal static async Task WaitForAsync(Func<Task<bool>> done)
    {
        for (int tried = 0; !await done(); tried++)
        {
            tried.ShouldBeLessThan(2_000);
            await Task.Delay(10);
        }
    }

    private Task<ApiHost> StartAsync(TimeSpan every, EventOptions? events = null, string? adminKey = null) => ApiHost.StartAsync(
        History, adminKey: adminKey, change: options => options with { Operations = Operations, RescoreEvery = every, Events = events });
}
