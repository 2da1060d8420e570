using System.Collections;
using LeadPredict.Api.Rescoring;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using LeadPredict.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeadPredict.Api.Tests.Rescoring;

/// <summary>A service that ends in the middle of an account leaves nothing out: another finds the mark of the change that all are scored for.</summary>
public sealed class StoppedRescoring : StoredLeads
{
    private readonly FakeTimeProvider _clock = new(ApiHost.Clock.GetUtcNow());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Change_OfAnAccountThatWasScoredInPart_IsScoredForAllByAnother(int lead)
    {
        await History.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [.. new[] { "a", "b", "c" }.Select(id => new LeadBuilder(id, account: "acme").Build())])));
        var thresholds = new CountedLooks();
        await using ApiHost stopped = await StartAsync(thresholds);
        Rescorer rescorer = stopped.Services.GetRequiredService<Rescorer>();
        (await rescorer.ScoreAsync(["a", "b", "c"], withColleagues: false, CancellationToken.None)).ShouldBe(3);
        _clock.Advance(TimeSpan.FromHours(1));
        await History.AppendAsync(new() { Touches = new LeadBuilder("b").Touched("demo_request", 170).Build().Touches });
        using var stopping = new CancellationTokenSource();
        thresholds.Each = look =>
        {
            if (look == lead)
            {
                stopping.Cancel();
            }
        };
        await Should.ThrowAsync<OperationCanceledException>(() => rescorer.ScoreAsync(["b"], withColleagues: true, stopping.Token));

        await using ApiHost other = await StartAsync(new CountedLooks());
        (await Worker(other).StepAsync(CancellationToken.None)).ShouldBe(3);

        foreach (string id in new[] { "a", "b", "c" })
        {
            (await Operations.LastScores.FindAsync(id))!.AsOf.ShouldBeGreaterThanOrEqualTo(_clock.GetUtcNow(), id);
        }

        (await Operations.LastScores.ChangedAsync(_clock.GetUtcNow(), 10)).ShouldBeEmpty();
    }

    /// <summary>One that is stepped by hand; the service's own is off.</summary>
    private static RescoringWorker Worker(ApiHost api)
    {
        LeadPredictApiOptions options = api.Services.GetRequiredService<LeadPredictApiOptions>() with { RescoreEvery = TimeSpan.FromHours(24) };
        LeftOutLeads leftOut = new(options, api.Services.GetRequiredService<ILogger<LeftOutLeads>>());
        return ActivatorUtilities.CreateInstance<RescoringWorker>(api.Services, options, leftOut);
    }

    private Task<ApiHost> StartAsync(IReadOnlyList<int> thresholds) => ApiHost.StartAsync(History, change: options => options with
    {
        Operations = Operations,
        RescoreEvery = TimeSpan.Zero,
        Time = _clock,
        Events = new() { Url = new("http://127.0.0.1:1/"), Thresholds = thresholds },
    });

    /// <summary>One threshold, 1, that tells how often it was looked at: once for each lead, between its score and its keeping.</summary>
    private sealed class CountedLooks : IReadOnlyList<int>
    {
        private Action<int>? _each;
        private int _looks;

        public Action<int> Each
        {
            set => (_each, _looks) = (value, 0);
        }

        public int Count => 1;

        public int this[int index] => 1;

        public IEnumerator<int> GetEnumerator()
        {
            _each?.Invoke(++_looks);
            yield return 1;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
