using LeadPredict.Api.Errors;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.ScoreLog;

/// <summary>Writes to the store's log, and waits for the store while it is away. For one writer at a time; whether it is away can be asked from any thread.</summary>
internal sealed class ScoreLogStore(IScoreLog store, TimeProvider time, ILogger log)
{
    // When the service ends, a store that is away is asked so often.
    private const int LastTries = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private volatile bool _isAway;

    /// <summary>Whether the store could not be written when that was tried last.</summary>
    public bool IsAway => _isAway;

    /// <summary>Writes, again and again while the store is away; false when the service ends meanwhile.</summary>
    /// <param name="rows">What is written.</param>
    /// <param name="stopping">The service ends: a few more times are tried.</param>
    /// <param name="late">No more times are tried.</param>
    public async Task<bool> WriteAsync(IReadOnlyList<LoggedScore> rows, CancellationToken stopping, CancellationToken late)
    {
        for (int triesWhenStopping = 0; ; triesWhenStopping += stopping.IsCancellationRequested ? 1 : 0)
        {
            try
            {
                await store.AppendAsync(rows, CancellationToken.None);
                _isAway = false;
                return true;
            }
            catch (StorageException fault)
            {
                if (!_isAway)
                {
                    log.LogWarning("The score log cannot be written, scores wait: {Fault}", fault.Message);
                }

                _isAway = true;
            }
            catch (Exception bug)
            {
                // A row that no store takes must not keep the others from being written.
                log.LogError("{Count} scores could not be logged: {Exception} at {Stack}", rows.Count, LoggedFault.Name(bug), bug.StackTrace);
                return true;
            }

            if (triesWhenStopping >= LastTries || late.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(Pause, time, CancellationToken.None);
        }
    }
}
