using System.Text.Json;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Outbox;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Events;

/// <summary>What is told of a person who objected to being profiled and no longer does.</summary>
public sealed class LiftedObjections : StoredLeads
{
    private readonly FakeTimeProvider _clock = new(ApiHost.Clock.GetUtcNow());
    private ApiHost _api = null!;
    private int _touches;

    private protected override async Task BeginAsync()
    {
        await History.AppendAsync(HistoryBatch.Of(new LeadBuilder("s1").From("event").Has("employees", 250).Touched("demo_request", 5).Enters(Stage.MarketingQualified, 7).BuildAlone()));
        await Operations.LastScores.KeepAsync(EventsOut.Before("s1", _clock.GetUtcNow(), 94, "nurture"), null, [EventsOut.Event("e1", "s1", 0)]);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _api = await ApiHost.StartAsync(History, change: options => options with
        {
            Operations = Operations,
            RescoreEvery = TimeSpan.FromHours(24),
            Time = _clock,
            Events = new() { Url = new("http://127.0.0.1:1/"), Thresholds = [1] },
        });
    }

    private protected override async Task EndAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FirstScore_AfterAnObjectionWasLifted_IsToldLikeAFirstOne(bool scoredInBetween)
    {
        (await _api.PostAsync("/v1/leads/s1/objection", "")).Status.ShouldBe(200);
        if (scoredInBetween)
        {
            await ScoredAsync();
        }

        (await Operations.Outbox.CountAsync()).ShouldBe((0, 0));
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await _api.Client.DeleteAsync(new Uri("/v1/leads/s1/objection", UriKind.Relative))).EnsureSuccessStatusCode();
        await ScoredAsync();

        WaitingEvent told = (await WaitingAsync()).ShouldHaveSingleItem();
        JsonElement body = JsonDocument.Parse(told.Event.Payload).RootElement;
        (body.GetProperty("type").GetString(), body.GetProperty("direction").GetString()).ShouldBe(("score.crossed", "up"));
        (body.TryGetProperty("previousScore", out JsonElement before) && before.ValueKind != JsonValueKind.Null).ShouldBeFalse();

        await ScoredAsync();
        (await Operations.Outbox.CountAsync()).ShouldBe((1, 0), "it is told once");
    }

    /// <summary>The lead does something and is scored because of it.</summary>
    private async Task ScoredAsync()
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        int before = (await Operations.Scores.OfLeadAsync("s1", 100)).Count;
        string touch = $$"""[{"leadId":"s1","id":"new-{{_touches++}}","type":"note","occurredAt":"2025-06-30T00:00:00Z"}]""";
        (await _api.PostAsync("/v1/touches", touch)).Status.ShouldBe(200);
        await EventsOut.WaitForAsync(async () => (await Operations.Scores.OfLeadAsync("s1", 100)).Count > before);
    }

    private Task<IReadOnlyList<WaitingEvent>> WaitingAsync() => Operations.Outbox.DueAsync(_clock.GetUtcNow().AddDays(1), 10);
}
