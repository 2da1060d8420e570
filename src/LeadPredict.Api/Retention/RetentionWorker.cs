using LeadPredict.Api.Errors;
using LeadPredict.Api.Rescoring;
using LeadPredict.Storage.Errors;

namespace LeadPredict.Api.Retention;

/// <summary>
/// Removes given scores and delivered events that are older than they are to be kept, some at a time, so that others write in between. Of several services on one
/// store one does it.
/// </summary>
internal sealed class RetentionWorker(LeadPredictApiOptions options, ILogger<RetentionWorker> log) : BackgroundService
{
    private const int AtOnce = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan UntilTheRightEnds = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(1);
    private readonly RepeatedFault _fault = new(log, options.Time, "Old scores and events stay");
    private readonly SoleWork _sole = new("retention", length: TimeSpan.FromSeconds(60), step: TimeSpan.FromSeconds(30));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        int all = 0;
        while (options.KeepFor > TimeSpan.Zero && options.Operations is not null && !stoppingToken.IsCancellationRequested)
        {
            int? removed = null;
            try
            {
                removed = await StepAsync(stoppingToken);
                _fault.Over();
            }
            catch (StorageException fault)
            {
                _fault.Tell(fault.Message);
            }
            catch (Exception bug) when (bug is not OperationCanceledException)
            {
                log.LogError("Removing old scores and events failed: {Exception} at {Stack}", LoggedFault.Name(bug), bug.StackTrace);
            }

            if (removed > 0)
            {
                all += removed.Value;
            }
            else if (all > 0)
            {
                log.LogInformation("{Count} scores and events of more than {Days} days ago removed", all, options.KeepFor.TotalDays);
                all = 0;
            }

            TimeSpan rest = removed switch { null => UntilTheRightEnds, > 0 => Pause, _ => BetweenLooks };
            await options.Time.RestAsync(rest, stoppingToken);
        }
    }

    /// <summary>One step.</summary>
    /// <returns>How much was removed; null where that is another service's to do.</returns>
    internal async Task<int?> StepAsync(CancellationToken cancellation)
    {
        DateTimeOffset now = options.Time.GetUtcNow();
        return await _sole.HoldAsync(options.Operations!.Outbox, now, cancellation)
            ? await options.Operations.Scores.RemoveBeforeAsync(now - options.KeepFor, AtOnce, cancellation)
                + await options.Operations.Outbox.RemoveDeliveredBeforeAsync(now - options.KeepFor, AtOnce, cancellation)
            : null;
    }
}
