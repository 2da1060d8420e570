using System.Collections;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Rescoring;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeadPredict.Api.Tests.Rescoring;

/// <summary>A lead that cannot be scored keeps no other from being scored.</summary>
public sealed class RescoringFaults : StoredLeads
{
    private readonly FakeTimeProvider _clock = new(ApiHost.Clock.GetUtcNow());
    private readonly FailingOnce _thresholds = new();
    private CountedReadings _readings = null!;
    private ApiHost _api = null!;

    private ChangedLeads Changed => _api.Services.GetRequiredService<ChangedLeads>();

    private protected override async Task BeginAsync()
    {
        (IHistoryStore store, _readings) = CountedReadings.Of(History);
        _api = await ApiHost.StartAsync(store, change: options => options with
        {
            Operations = Operations,
            RescoreEvery = TimeSpan.Zero,
            Time = _clock,
            Events = new() { Url = new("http://127.0.0.1:1/"), Thresholds = _thresholds },
        });
    }

    private protected override async Task EndAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Changed_OneFailsByABug_TheOthersAreScored()
    {
        await KeepAsync("a", "bad", "c");
        _readings.Faults["bad"] = new InvalidOperationException("of secret@example.org");
        RescoringWorker worker = Worker();
        Changed.Note(["a", "bad", "c"]);

        (await worker.StepAsync(CancellationToken.None)).ShouldBe(2);

        await ScoredAsync("a", "c");
        Changed.Take().ShouldBeEmpty();
        string told = _api.Log.Lines.Where(line => line.Contains("left out of rescoring", StringComparison.Ordinal)).ShouldHaveSingleItem();
        told.ShouldContain("System.InvalidOperationException at");
        told.ShouldNotContain("secret");
        told.ShouldNotContain("bad");
    }

    [Fact]
    public async Task Changed_OneOfAnAccountFailsByABug_ItsColleaguesAreScored()
    {
        await KeepAccountAsync("a", "b", "c");
        RescoringWorker worker = Worker();
        (await worker.StepAsync(CancellationToken.None)).ShouldBe(3);
        _clock.Advance(TimeSpan.FromHours(1));
        Changed.Note("b");
        _thresholds.Fails = true;

        // Events are made from a score and the one before.
        (await worker.StepAsync(CancellationToken.None)).ShouldBe(2);
        Changed.Take().ShouldBeEmpty();
        _api.Log.Lines.ShouldContain(line => line.Contains("left out of rescoring", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changed_TheModelIsAway_AllWait()
    {
        await KeepAsync("a", "b");
        _readings.Faults["a"] = _readings.Faults["b"] = new ProblemException(ProblemKind.NotReady, "no model");
        RescoringWorker worker = Worker();
        Changed.Note(["a", "b"]);

        await Should.ThrowAsync<ProblemException>(() => worker.StepAsync(CancellationToken.None));

        Changed.Take().ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [Fact]
    public async Task Changed_TheStoreIsAwayBeforeItsColleaguesAreScored_AllWait()
    {
        await KeepAccountAsync("a", "b", "c");
        RescoringWorker worker = Worker();
        Changed.Note("a");
        _readings.GoodOnes = 1;
        _readings.Faults["a"] = new ProblemException(ProblemKind.NotReady, "no store");

        await Should.ThrowAsync<ProblemException>(() => worker.StepAsync(CancellationToken.None));

        Changed.Take().ShouldBe(["a", "b", "c"], ignoreOrder: true);
    }

    /// <summary>Between two looks for changes of others a lead's score grows old: scored for its age alone, it would lose the mark.</summary>
    [Fact]
    public async Task Due_OneThatChanged_IsLeftToTheNextLookAndComesWithItsColleagues()
    {
        await KeepAccountAsync("a", "b");
        RescoringWorker worker = Worker();
        Rescorer rescorer = _api.Services.GetRequiredService<Rescorer>();
        (await rescorer.ScoreAsync(["a"], withColleagues: false, CancellationToken.None)).ShouldBe(1);
        _clock.Advance(TimeSpan.FromHours(1));
        (await rescorer.ScoreAsync(["b"], withColleagues: false, CancellationToken.None)).ShouldBe(1);
        _clock.Advance(TimeSpan.FromHours(23) - TimeSpan.FromSeconds(1));
        (await worker.StepAsync(CancellationToken.None)).ShouldBe(0);
        await History.AppendAsync(new() { Touches = new LeadBuilder("a").Touched("call", 170).Build().Touches });
        _clock.Advance(TimeSpan.FromSeconds(10));

        (await worker.StepAsync(CancellationToken.None)).ShouldBe(0);
        _clock.Advance(TimeSpan.FromSeconds(10));
        (await worker.StepAsync(CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task Due_ManyFailByABug_TheOthersAreScoredAndTheyAreTriedOnceADay()
    {
        string[] bad = [.. Enumerable.Range(0, 150).Select(i => $"bad{i:D3}")];
        await KeepAsync([.. bad, "x", "y"]);
        foreach (string lead in bad)
        {
            _readings.Faults[lead] = new InvalidOperationException();
        }

        RescoringWorker worker = Worker();
        int scored = 0;
        for (int step = 0; step < 6; step++)
        {
            scored += await worker.StepAsync(CancellationToken.None);
        }

        scored.ShouldBe(2);
        await ScoredAsync("x", "y");
        int tried = _readings.Count;

        // Of the bad ones none was ever scored, which comes before what is old.
        _clock.Advance(TimeSpan.FromHours(12));
        (await worker.StepAsync(CancellationToken.None)).ShouldBe(0);
        _readings.Count.ShouldBe(tried);
        _clock.Advance(TimeSpan.FromHours(13));
        _readings.Faults.Clear();
        for (int step = 0; step < 6; step++)
        {
            scored += await worker.StepAsync(CancellationToken.None);
        }

        scored.ShouldBe(2 + 152);
    }

    [Fact]
    public async Task Due_OldOnes_AreScoredWhileOneThatNeverWasFails()
    {
        await KeepAsync("x", "y");
        RescoringWorker worker = Worker();
        (await worker.StepAsync(CancellationToken.None)).ShouldBe(2);
        _clock.Advance(TimeSpan.FromHours(25));
        await KeepAsync("bad");
        _readings.Faults["bad"] = new InvalidOperationException();

        (await worker.StepAsync(CancellationToken.None)).ShouldBe(2);
    }

    /// <summary>An import marks scores, and of this lead there is none yet.</summary>
    [Fact]
    public async Task Unscored_ChangedWhileItIsScored_IsScoredAsItIsNow()
    {
        await KeepAsync("a");
        _readings.After = () => History.AppendAsync(new() { Transitions = new LeadBuilder("a").Enters(Stage.MarketingQualified, 1).Build().Transitions });

        (await Worker().StepAsync(CancellationToken.None)).ShouldBe(1);

        (await Operations.Scores.OfLeadAsync("a", 10)).ShouldHaveSingleItem().Stage.ShouldBe(nameof(Stage.MarketingQualified));
    }

    private async Task KeepAsync(params string[] leads) => await History.AppendAsync(HistoryBatch.Of([.. leads.Select(id => new LeadBuilder(id).BuildAlone())]));

    private async Task KeepAccountAsync(params string[] leads) =>
        await History.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [.. leads.Select(id => new LeadBuilder(id, account: "acme").Build())])));

    private async Task ScoredAsync(params string[] leads)
    {
        foreach (string lead in leads)
        {
            (await Operations.LastScores.FindAsync(lead)).ShouldNotBeNull(lead);
        }
    }

    /// <summary>One that is stepped by hand; the service's own is off.</summary>
    private RescoringWorker Worker()
    {
        LeadPredictApiOptions options = _api.Services.GetRequiredService<LeadPredictApiOptions>() with { RescoreEvery = TimeSpan.FromHours(24) };
        LeftOutLeads leftOut = new(options, _api.Services.GetRequiredService<ILogger<LeftOutLeads>>());
        Rescorer rescorer = ActivatorUtilities.CreateInstance<Rescorer>(_api.Services, options, leftOut);
        return ActivatorUtilities.CreateInstance<RescoringWorker>(_api.Services, options, leftOut, rescorer);
    }

    /// <summary>One threshold, 1, that fails once when it is looked at after it was told to.</summary>
    private sealed class FailingOnce : IReadOnlyList<int>
    {
        public bool Fails { get; set; }

        public int Count => 1;

        public int this[int index] => 1;

        public IEnumerator<int> GetEnumerator()
        {
            bool fails = Fails;
            Fails = false;
            if (fails)
            {
                throw new InvalidOperationException();
            }

            yield return 1;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
