using LeadPredict.Api.Errors;

namespace LeadPredict.Api.Boards;

/// <summary>Has the history looked at soon after the start, when the service answers already: the first page should not be the one that waits.</summary>
internal sealed class BoardAhead(LeadPredictApiOptions options, BoardKeeper boards, ILogger<BoardAhead> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.LookAhead || options.Store is null)
        {
            return;
        }

        try
        {
            await Task.Delay(Pause, options.Time, stoppingToken);
            await Task.WhenAll(boards.Calls.GetAsync(stoppingToken), boards.GetAsync(stoppingToken));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning("The history could not be looked at ahead, a page will ask again: {Exception}", LoggedFault.Of(fault));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends.
        }
    }
}
