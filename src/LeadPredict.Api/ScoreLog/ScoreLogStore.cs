using LeadPredict.Api.Errors;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.ScoreLog;

/// <summary>Writes to the store's log, and waits for the store while it is away. For one writer at a time; whether it is away can be asked from any thread.</summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock.</param>
/// <param name="patience">After so long a store that does not answer is away; what it was given it may still write.</param>
/// <param name="away">Called when it turns out to be away.</param>
/// <param name="log">Where its faults are told.</param>
internal sealed class ScoreLogStore(IScoreLog store, TimeProvider time, TimeSpan patience, Action away, ILogger log)
{
    // When the service ends, a store that is away is asked so often.
    private const int LastTries = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private volatile bool _isAway;

    /// <summary>Whether the store could not be written when that was tried last.</summary>
    public bool IsAway => _isAway;

    /// <summary>Writes, again and again while the store is away; false when the service ends meanwhile.</summary>
    /// <param name="rows">What is written. Rows that no store takes are told and left out.</param>
    /// <param name="stopping">The service ends: a few more times are tried.</param>
    /// <param name="late">No more times are tried, and what is being written is not waited for.</param>
    public async Task<bool> WriteAsync(IReadOnlyList<LoggedScore> rows, CancellationToken stopping, CancellationToken late)
    {
        for (int triesWhenStopping = 0; ; triesWhenStopping += stopping.IsCancellationRequested ? 1 : 0)
        {
            try
            {
                await AppendAsync(rows, late);
                _isAway = false;
                return true;
            }
            catch (StorageException fault)
            {
                TurnAway(fault.Message);
            }
            catch (OperationCanceledException) when (late.IsCancellationRequested)
            {
                return false;
            }
            catch (Exception bug)
            {
                if (rows.Count > 1)
                {
                    return await WriteEachAsync(rows, stopping, late);
                }

                // A row that no store takes must not keep the others from being written.
                log.LogError("A score could not be logged: {Exception} at {Stack}", LoggedFault.Name(bug), bug.StackTrace);
                return true;
            }

            if (triesWhenStopping >= LastTries || late.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(Pause, time, CancellationToken.None);
        }
    }

    /// <summary>Of rows that are not taken together those that are taken alone.</summary>
    private async Task<bool> WriteEachAsync(IReadOnlyList<LoggedScore> rows, CancellationToken stopping, CancellationToken late)
    {
        foreach (LoggedScore row in rows)
        {
            if (!await WriteAsync([row], stopping, late))
            {
                return false;
            }
        }

        return true;
    }

    private async Task AppendAsync(IReadOnlyList<LoggedScore> rows, CancellationToken late)
    {
        Task writing = store.AppendAsync(rows, late);
        try
        {
            await writing.WaitAsync(patience, time, late);
        }
        catch (TimeoutException) when (!writing.IsCompleted)
        {
            // Not begun anew: a store that is merely slow would never get to the end, and one that hangs would write the rows twice.
            TurnAway("it does not answer");
            await writing.WaitAsync(late);
        }
    }

    private void TurnAway(string fault)
    {
        if (!_isAway)
        {
            log.LogWarning("The score log cannot be written, scores wait: {Fault}", fault);
        }

        _isAway = true;
        away();
    }
}
