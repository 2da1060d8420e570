using System.Collections;
using LeadPredict.Api.Rescoring;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LeadPredict.Api.Tests.Rescoring;

/// <summary>Several services rescore the leads of one store, each by a clock of its own.</summary>
public sealed class RescoringReplicas : StoredLeads
{
    private readonly FakeTimeProvider _clock = new(Now);

    private static DateTimeOffset Now => ApiHost.Clock.GetUtcNow();

    [Fact]
    public async Task Crossing_ThatTwoSeeAtOnce_IsOneEvent()
    {
        await History.AppendAsync(HistoryBatch.Of(new LeadBuilder("s1", created: 180.5).Touched("demo_request", 180.6).BuildAlone()));
        var looked = new Looked();
        await using ApiHost first = await StartAsync(_clock, TimeSpan.Zero);
        await using ApiHost second = await StartAsync(new FakeTimeProvider(Now.AddSeconds(1)), TimeSpan.Zero, looked);

        // When the second has read the lead and what was kept of it, the first scores it from the beginning to the end.
        looked.Then = () => RescoreAsync(first, "s1").GetAwaiter().GetResult();
        (await RescoreAsync(second, "s1")).ShouldBe(1);

        OutboxEvent told = (await Operations.Outbox.DueAsync(Now.AddHours(1), 10)).ShouldHaveSingleItem().Event;
        told.CreatedAt.ShouldBe(Now);
        (await Operations.Outbox.CountAsync()).Waiting.ShouldBe(1);
        (await Operations.Scores.OfLeadAsync("s1", 10)).Count.ShouldBe(2);
        (await Operations.LastScores.FindAsync("s1"))!.AsOf.ShouldBe(Now.AddSeconds(1));
    }

    [Fact]
    public async Task Change_ThatComesWhileALeadIsScored_IsNotOverwrittenByWhatWasReadBefore()
    {
        await History.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [new LeadBuilder("c1", account: "acme").Build(), new LeadBuilder("s1", account: "acme").Build()])));
        var asked = new Asked();
        await using ApiHost behind = await ApiHost.StartAsync(History, change: options => options with { Operations = Operations, RescoreEvery = TimeSpan.Zero, Time = asked });
        await using ApiHost other = await StartAsync(_clock, TimeSpan.Zero);
        asked.Then = () => Task.Run(async () =>
        {
            await History.AppendAsync(new()
            {
                Touches = [.. new LeadBuilder("c1").Touched("demo_request", 170).Build().Touches, .. new LeadBuilder("s1").Touched("demo_request", 170).Build().Touches],
            });
            await RescoreAsync(other, "c1", "s1");
        }).GetAwaiter().GetResult();

        (await behind.Services.GetRequiredService<Rescorer>().ScoreAsync(["s1"], withColleagues: true, CancellationToken.None)).ShouldBe(2);

        foreach (string lead in new[] { "c1", "s1" })
        {
            IReadOnlyList<LoggedScore> scores = await Operations.Scores.OfLeadAsync(lead, 10);
            scores.Count.ShouldBe(2);
            scores[0].Points.ShouldBe(scores[1].Points, lead);
        }
    }

    [Fact]
    public async Task Change_ToldToOneWhoseClockIsBehind_IsScoredAfterWhatTheOtherScored()
    {
        await History.AppendAsync(HistoryBatch.Of(new LeadBuilder("s1").Enters(Stage.MarketingQualified, 7).BuildAlone()));
        await using ApiHost right = await StartAsync(_clock, TimeSpan.Zero);
        await RescoreAsync(right, "s1");
        await using ApiHost behind = await StartAsync(new FakeTimeProvider(Now.AddSeconds(-10)), TimeSpan.FromHours(24));

        // It happened by the clock that is right.
        await RequestDemoAsync(behind, Now.AddSeconds(-1));

        await ScoredAsync("s1", 2);
        await SawTheChangeAsync();
        (await Operations.LastScores.FindAsync("s1"))!.AsOf.ShouldBeGreaterThan(Now);
    }

    /// <summary>What a service took and did not score before it stopped, and what an import brought.</summary>
    [Fact]
    public async Task Change_ThatNobodyScored_IsScoredByAnother()
    {
        await History.AppendAsync(HistoryBatch.Of(new LeadBuilder("s1").Enters(Stage.MarketingQualified, 7).BuildAlone()));
        await using (ApiHost stopped = await StartAsync(_clock, TimeSpan.Zero))
        {
            await RescoreAsync(stopped, "s1");
            await RequestDemoAsync(stopped, Now.AddDays(-1));
        }

        await using ApiHost other = await StartAsync(_clock, TimeSpan.FromHours(24));
        await ScoredAsync("s1", 2);
        await SawTheChangeAsync();

        await History.AppendAsync(new() { Touches = new LeadBuilder("s1").Touched("call", 170).Build().Touches });
        _clock.Advance(TimeSpan.FromSeconds(16));
        await ScoredAsync("s1", 3);
        (await Operations.LastScores.ChangedAsync(_clock.GetUtcNow(), 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_ThatHappenedALittleAheadOfTheClock_IsScoredAtOnce()
    {
        await History.AppendAsync(HistoryBatch.Of(new LeadBuilder("s1").Enters(Stage.MarketingQualified, 7).BuildAlone()));
        await using ApiHost api = await StartAsync(_clock, TimeSpan.FromHours(24));
        await ScoredAsync("s1", 1);

        _clock.Advance(TimeSpan.FromHours(1));
        await RequestDemoAsync(api, _clock.GetUtcNow().AddSeconds(10));

        await ScoredAsync("s1", 2);
        await SawTheChangeAsync();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(7_200)]
    [InlineData(300_000)]
    public async Task Change_AfterTheClockWasSetBack_IsScoredAndTold(int seconds)
    {
        await History.AppendAsync(HistoryBatch.Of(new LeadBuilder("s1").Enters(Stage.MarketingQualified, 7).BuildAlone()));
        await using ApiHost api = await StartAsync(_clock, TimeSpan.FromHours(24));
        await ScoredAsync("s1", 1);

        _clock.Step(TimeSpan.FromSeconds(-seconds));
        await RequestDemoAsync(api, Now.AddDays(-10));

        await WaitForAsync(async () => (await Operations.Outbox.CountAsync()).Waiting > 0);
        await SawTheChangeAsync();
    }

    [Fact]
    public async Task Change_OfALeadRecordedAheadOfTheClock_IsScoredOnceItIsKnown()
    {
        await History.AppendAsync(HistoryBatch.Of(new LeadBuilder("s1", created: 180.9).Enters(Stage.MarketingQualified, 180.91).BuildAlone()));
        await History.AppendAsync(HistoryBatch.Of(new LeadBuilder("old").BuildAlone()));
        await using ApiHost api = await StartAsync(_clock, TimeSpan.FromHours(24));
        await ScoredAsync("s1", 1);
        await ScoredAsync("old", 1);

        _clock.Step(TimeSpan.FromHours(-5));
        await RequestDemoAsync(api, Day.At(180.92));
        await ScoredAsync("old", 2);
        (await Operations.Scores.OfLeadAsync("s1", 10)).Count.ShouldBe(1);
        _clock.Advance(TimeSpan.FromMinutes(297));

        await ScoredAsync("s1", 2);
        await SawTheChangeAsync();
    }

    [Fact]
    public async Task Change_UnderAnotherNameOfALeadInALargeAccount_IsThatLeads()
    {
        await History.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [.. Enumerable.Range(0, 56).Select(i => new LeadBuilder($"s{i:D2}", created: 180.5, account: "acme").Build())])));
        await History.AppendAsync(new() { Delivered = true, Aliases = [new("s55", "s54") { Merge = new("the same person", Now) }] });
        await using ApiHost api = await StartAsync(_clock, TimeSpan.Zero);
        (await RescoreAsync(api, "s55")).ShouldBe(1);
        (await Operations.LastScores.FindAsync("s54")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Change_UnderAVisitorsName_IsTheLeadsThatAnAliasSays()
    {
        await History.AppendAsync(HistoryBatch.Of(new LeadBuilder("s0").Enters(Stage.MarketingQualified, 7).BuildAlone()));
        await History.AppendAsync(new() { Delivered = true, Aliases = [new("s1", "s0")] });
        await using ApiHost api = await StartAsync(_clock, TimeSpan.FromHours(24));
        await ScoredAsync("s0", 1);

        await RequestDemoAsync(api, Now.AddDays(-1));

        await ScoredAsync("s0", 2);
    }

    [Fact]
    public async Task Changes_OfManyInOneAccount_ReadItTwice()
    {
        string[] leads = [.. Enumerable.Range(0, 120).Select(i => $"s{i:D3}")];
        await History.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [.. leads.Select(id => new LeadBuilder(id, created: 170, account: "acme").Build())])));
        (IHistoryStore store, CountedReadings readings) = CountedReadings.Of(History);
        await using ApiHost api = await ApiHost.StartAsync(store, change: options => options with { Operations = Operations, RescoreEvery = TimeSpan.Zero, Time = _clock });

        (await api.Services.GetRequiredService<Rescorer>().ScoreAsync(leads.Take(80), withColleagues: true, CancellationToken.None)).ShouldBe(120);

        readings.Count.ShouldBe(2);
    }

    private static Task<int> RescoreAsync(ApiHost api, params string[] leads) => api.Services.GetRequiredService<Rescorer>().ScoreAsync(leads, withColleagues: false, CancellationToken.None);

    private static async Task RequestDemoAsync(ApiHost api, DateTimeOffset at) =>
        (await api.PostAsync("/v1/touches", $$"""[{"leadId":"s1","id":"new","type":"demo_request","occurredAt":"{{at:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}]""")).Status.ShouldBe(200);

    private static Task WaitForAsync(Func<Task<bool>> done) => Events.EventsOut.WaitForAsync(done);

    /// <summary>At least so often: a change whose mark is found before its lead is noted is scored twice.</summary>
    private Task ScoredAsync(string lead, int times) => WaitForAsync(async () => (await Operations.Scores.OfLeadAsync(lead, 10)).Count >= times);

    private async Task SawTheChangeAsync()
    {
        IReadOnlyList<LoggedScore> scores = await Operations.Scores.OfLeadAsync("s1", 10);
        scores.MaxBy(score => score.Points)!.Points!.Value.ShouldBeGreaterThan(scores.MinBy(score => score.Points)!.Points!.Value);
        (await Operations.LastScores.FindAsync("s1"))!.Score.ShouldBe(scores.MaxBy(score => score.Points)!.Score!.Value);
        (await Operations.Outbox.CountAsync()).Waiting.ShouldBeGreaterThan(0);
    }

    private Task<ApiHost> StartAsync(TimeProvider clock, TimeSpan every, IReadOnlyList<int>? thresholds = null) => ApiHost.StartAsync(History, change: options => options with
    {
        Operations = Operations,
        RescoreEvery = every,
        Time = clock,
        Events = new() { Url = new("http://127.0.0.1:1/"), Thresholds = thresholds ?? (every == TimeSpan.Zero ? [1] : [.. Enumerable.Range(1, 100)]) },
    });

    /// <summary>A clock that lets something happen when it is next asked.</summary>
    private sealed class Asked : TimeProvider
    {
        public Action? Then { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            Action? then = Then;
            Then = null;
            then?.Invoke();
            return Now;
        }
    }

    /// <summary>One threshold, 1, that lets something happen when it is first looked at.</summary>
    private sealed class Looked : IReadOnlyList<int>
    {
        public Action? Then { get; set; }

        public int Count => 1;

        public int this[int index] => 1;

        public IEnumerator<int> GetEnumerator()
        {
            Action? then = Then;
            Then = null;
            then?.Invoke();
            yield return 1;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
