using LeadPredict.Api.Errors;

namespace LeadPredict.Api.Rescoring;

/// <summary>
/// Keeps the scores of stored leads fresh: soon after history came in, and again when a score has grown old, for time passes for a lead that does nothing too. Of
/// several services each scores what came in through it, and one at a time looks for old scores and for history that came in otherwise. What waits is marked in the
/// store: where a service stops, another or its next start goes on. A change is scored at least once: twice where its mark was found before its lead was noted.
/// </summary>
internal sealed class RescoringWorker(
    LeadPredictApiOptions options, ChangedLeads changed, LeftOutLeads leftOut, Rescorer rescorer, ILogger<RescoringWorker> log) : BackgroundService
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // What comes in through another service is that one's to score, as long as it runs.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(15);
    private readonly RepeatedFault _fault = new(log, options.Time, "Rescoring waits");
    private readonly SoleWork _old = new("rescoring", length: TimeSpan.FromSeconds(60), step: TimeSpan.FromSeconds(30));
    private DateTimeOffset _looked;

    /// <summary>Whether there is something to keep fresh.</summary>
    public bool IsOn { get; } = options is { Operations: not null, Store: not null } && options.RescoreEvery > TimeSpan.Zero;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (IsOn && !stoppingToken.IsCancellationRequested)
        {
            int scored = 0;
            try
            {
                scored = await StepAsync(stoppingToken);
                _fault.Over();
            }
            catch (Exception fault) when (Rescorer.MayPass(fault))
            {
                _fault.Tell(fault.Message);
            }
            catch (Exception bug) when (bug is not OperationCanceledException)
            {
                log.LogError("Rescoring failed: {Exception} at {Stack}", LoggedFault.Name(bug), bug.StackTrace);
            }

            if (scored == 0)
            {
                await options.Time.RestAsync(Pause, stoppingToken);
            }
        }
    }

    /// <summary>One step: what changed, else some of what is old.</summary>
    /// <returns>How many leads were scored.</returns>
    internal async Task<int> StepAsync(CancellationToken cancellation)
    {
        int scored = await rescorer.ScoreAsync(changed.Take(), withColleagues: true, cancellation);
        if (scored > 0)
        {
            return scored;
        }

        // Changed leads that cannot be scored yet keep nothing that is old waiting.
        DateTimeOffset now = options.Time.GetUtcNow();
        if (!await _old.HoldAsync(options.Operations!.Outbox, now, cancellation))
        {
            return 0;
        }

        scored = now < _looked + BetweenLooks && now >= _looked ? 0 : await ScoreWhatOthersLeftAsync(now, cancellation);
        return scored > 0 ? scored : await rescorer.ScoreAsync(
            await options.Operations.LastScores.DueAsync(now - options.RescoreEvery, now, AtOnce, leftOut.Now(), cancellation), withColleagues: false, cancellation);
    }

    /// <summary>What came in through nobody who scores it: an import, or a service that was stopped before it did.</summary>
    private async Task<int> ScoreWhatOthersLeftAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        IReadOnlyList<string> leads = await options.Operations!.LastScores.ChangedAsync(now, AtOnce, leftOut.Now(), cancellation);
        int scored = await rescorer.ScoreAsync(leads, withColleagues: true, cancellation);
        _looked = scored > 0 ? default : now;
        return scored;
    }
}
