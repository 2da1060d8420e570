using System.Globalization;
using LeadPredict.Api.ScoreLog;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage;
using LeadPredict.Storage.Scores;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadPredict.Api.Tests.ScoreLog;

public sealed class ScoreLogBursts : IDisposable
{
    // More than memory has room for.
    private const int Burst = 12_000;
    private static readonly byte[] Answer = new byte[1_500];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Burst_WithAStoreThatStandsStill_IsTakenAtOnceAndWrittenOnceInOrder()
    {
        var store = new FakeStore();
        using ScoreLogWriter writer = Writer(store);
        await writer.StartAsync(CancellationToken.None);
        store.Hold();
        await AddAsync(writer, 0, Burst);
        writer.Waiting.ShouldBeGreaterThanOrEqualTo(Burst);
        writer.Spooled.ShouldBeGreaterThan(0);
        store.LetGo();
        await writer.StopAsync(CancellationToken.None);
        store.Leads.ShouldBe(Numbers(Burst));
        Directory.GetFiles(_folder["spool"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task Room_ThatIsUsedUp_HoldsRequestsBackUntilTheStoreGoesOn()
    {
        var store = new FakeStore();
        using ScoreLogWriter writer = Writer(store, bytes: 8 << 20);
        await writer.StartAsync(CancellationToken.None);
        store.Hold();
        Task adding = AddAsync(writer, 0, Burst);
        await WaitAsync(() => writer.Waiting > 6_000);
        await Task.Delay(200);
        adding.IsCompleted.ShouldBeFalse();
        store.LetGo();
        await adding.WaitAsync(TimeSpan.FromSeconds(30));
        await writer.StopAsync(CancellationToken.None);
        store.Leads.ShouldBe(Numbers(Burst));
        writer.Left.ShouldBe(0);
    }

    [Fact]
    public async Task Store_ThatIsAwayUntilTheEnd_HasAllFromTheNextStart()
    {
        var store = new FakeStore { IsAway = true };
        using (ScoreLogWriter writer = Writer(store))
        {
            await writer.StartAsync(CancellationToken.None);
            await AddAsync(writer, 0, Burst);
            using var hurry = new CancellationTokenSource();
            await hurry.CancelAsync();
            await writer.StopAsync(hurry.Token);
            writer.Left.ShouldBe(0);
        }

        store.Leads.ShouldBeEmpty();
        store.IsAway = false;
        using ScoreLogWriter next = Writer(store);
        await next.StartAsync(CancellationToken.None);
        await WaitAsync(() => next.Waiting == 0);
        await AddAsync(next, Burst, Burst + 10);
        await next.StopAsync(CancellationToken.None);
        store.Leads.Order(StringComparer.Ordinal).ShouldBe(Numbers(Burst + 10).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Store_ThatComesBack_HasAllInOrder()
    {
        var store = new FakeStore { IsAway = true };
        using ScoreLogWriter writer = Writer(store);
        await writer.StartAsync(CancellationToken.None);
        await AddAsync(writer, 0, Burst);
        store.IsAway = false;
        await WaitAsync(() => writer.Waiting == 0);
        store.Leads.ShouldBe(Numbers(Burst));
        writer.Left.ShouldBe(0);
        await writer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Store_ThatHangsAtTheEnd_HasAllFromTheNextStart()
    {
        var hanging = new FakeStore();
        using (ScoreLogWriter writer = Writer(hanging))
        {
            await writer.StartAsync(CancellationToken.None);
            hanging.Hold();
            await AddAsync(writer, 0, 5);
            await WaitAsync(() => hanging.Writes == 1);
            using var hurry = new CancellationTokenSource();
            await hurry.CancelAsync();
            await writer.StopAsync(hurry.Token).WaitAsync(TimeSpan.FromSeconds(10));
        }

        var store = new FakeStore();
        using ScoreLogWriter next = Writer(store);
        await next.StartAsync(CancellationToken.None);
        await WaitAsync(() => next.Waiting == 0);
        await next.StopAsync(CancellationToken.None);
        store.Leads.ShouldBe(Numbers(5));
    }

    [Fact]
    public async Task Store_ThatHangsWithoutRoomForMore_IsAwayAndKeepsNobodyWaiting()
    {
        var store = new FakeStore();
        using var writer = new ScoreLogWriter(
            new() { ScoreSpool = null }, store, new(null!, NullLogger<ChallengerShadow>.Instance), NullLogger<ScoreLogWriter>.Instance, patience: TimeSpan.FromMilliseconds(100));
        await writer.StartAsync(CancellationToken.None);
        store.Hold();

        await AddAsync(writer, 0, Burst);

        writer.StoreIsAway.ShouldBeTrue();
        writer.Left.ShouldBeGreaterThan(0);
        int written = Burst - (int)writer.Left;
        store.LetGo();
        await WaitAsync(() => writer.Waiting == 0);
        writer.StoreIsAway.ShouldBeFalse();
        await writer.StopAsync(CancellationToken.None);
        store.Leads.ShouldBe(Numbers(written), ignoreOrder: false, "what it was given before it wrote once");
    }

    [Fact]
    public async Task Leads_ThatAChallengerIsToScoreWhileTheStoreHangs_GoToTheFilesBeforeTheirPageIsFull()
    {
        var store = new FakeStore();
        using ScoreLogWriter writer = Writer(store);
        await writer.StartAsync(CancellationToken.None);
        store.Hold();
        await AddAsync(writer, 0, 1);
        await WaitAsync(() => store.Writes == 1);

        await AddAsync(writer, 1, 30, GivenScores.Shadowed(touches: 5_000));

        writer.Spooled.ShouldBeGreaterThan(0);
        store.LetGo();
        await writer.StopAsync(CancellationToken.None);
        store.Leads.ShouldBe(Numbers(30));
    }

    [Fact]
    public async Task Row_ThatNoStoreTakes_KeepsNoOtherFromBeingWritten()
    {
        var store = new FakeStore { Bad = "7" };
        using ScoreLogWriter writer = Writer(store);
        await writer.StartAsync(CancellationToken.None);
        await AddAsync(writer, 0, 20);
        await WaitAsync(() => writer.Waiting == 0);
        await writer.StopAsync(CancellationToken.None);
        store.Leads.ShouldBe(Numbers(20).Where(lead => lead != "7"));
    }

    private static string[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    private static async Task AddAsync(ScoreLogWriter writer, int from, int to, ShadowedLead? shadowed = null)
    {
        for (int i = from; i < to; i++)
        {
            await writer.AddAsync(GivenScores.Row(i.ToString(CultureInfo.InvariantCulture)) with { AnswerUtf8 = Answer }, shadowed, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private static async Task WaitAsync(Func<bool> reached)
    {
        for (int tried = 0; !reached(); tried++)
        {
            tried.ShouldBeLessThan(3_000);
            await Task.Delay(10);
        }
    }

    private ScoreLogWriter Writer(FakeStore store, long bytes = 256 << 20) => new(
        new() { ScoreSpool = _folder["spool"], ScoreSpoolBytes = bytes },
        store,
        new(null!, NullLogger<ChallengerShadow>.Instance),
        NullLogger<ScoreLogWriter>.Instance);

    private sealed class FakeStore : IScoreLog
    {
        private TaskCompletionSource _goesOn = Done();

        public bool IsAway { get; set; }

        /// <summary>A lead whose rows it does not take.</summary>
        public string? Bad { get; init; }

        /// <summary>How many writes were begun.</summary>
        public int Writes { get; private set; }

        public List<string> Leads { get; } = [];

        public void Hold() => _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void LetGo() => _goesOn.SetResult();

        public async Task AppendAsync(IReadOnlyList<LoggedScore> scores, CancellationToken ct = default)
        {
            Writes++;
            await _goesOn.Task;
            if (scores.Any(score => score.LeadId == Bad))
            {
                throw new InvalidOperationException();
            }

            if (IsAway)
            {
                // What a store that is away throws is its own to make.
                await HistoryStores.OpenAsync("sqlite:/nonexistent/store", create: false, ct);
            }

            scores.ShouldAllBe(score => score.AnswerUtf8.Length == Answer.Length);
            Leads.AddRange(scores.Select(score => score.LeadId));
        }

        public Task<IReadOnlyList<LoggedScore>> OfLeadAsync(string leadId, int most, CancellationToken ct = default) => throw new NotSupportedException();

        public IAsyncEnumerable<LoggedScore> OfModelAsync(string model, DateTimeOffset since, CancellationToken ct = default) => throw new NotSupportedException();

        public Task<int> RemoveBeforeAsync(DateTimeOffset instant, int most, CancellationToken ct = default) => throw new NotSupportedException();

        public Task ForgetAsync(string leadId, CancellationToken ct = default) => throw new NotSupportedException();

        private static TaskCompletionSource Done()
        {
            var done = new TaskCompletionSource();
            done.SetResult();
            return done;
        }
    }
}
