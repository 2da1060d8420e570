using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Measures;
using LeadPredict.Scoring.Engines;
using LeadPredict.Storage;
using LeadPredict.Storage.Boards;

namespace LeadPredict.Api.Boards;

/// <summary>Keeps the <see cref="Board"/>, and tells the keeper of the call list of what changes both.</summary>
internal sealed class BoardKeeper(LeadPredictApiOptions options, ServedModels models, CallKeeper calls, ILogger<BoardKeeper> log)
    : LookKeeper<Board>("pages", TimeSpan.FromSeconds(1), options, models, log)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    /// <summary>What the pass that is under way has measured so far.</summary>
    private FunnelReport? _funnel;

    /// <summary>The call list.</summary>
    public CallKeeper Calls => calls;

    /// <inheritdoc />
    public override void Invalidate()
    {
        base.Invalidate();
        calls.Invalidate();
    }

    /// <inheritdoc />
    public override void Forgot()
    {
        base.Forgot();
        _funnel = null;
        calls.Forgot();
    }

    /// <summary>Something was decided about leads, or by the persons, and is committed.</summary>
    public Task DecidedAsync(IReadOnlyCollection<string> leadIds)
    {
        base.Invalidate();
        return calls.DecidedAsync(leadIds);
    }

    /// <summary>The funnel, or null when it takes longer than a page may wait. Where no board may be served yet it is there as soon as the database has measured it, without score bands.</summary>
    /// <exception cref="ProblemException">There is no store.</exception>
    public async Task<FunnelReport?> TryGetFunnelAsync(TimeSpan patience, CancellationToken cancellation)
    {
        Task<Board?> board = TryGetAsync(patience, cancellation);
        while (!board.IsCompleted && (Last is not null || _funnel is null))
        {
            await Task.WhenAny(board, Task.Delay(Moment, TimeProvider.System, cancellation));
        }

        return board.IsCompleted ? (await board)?.Funnel ?? _funnel : _funnel;
    }

    protected override async Task<(Board Look, Func<KeptBoard, Task> Keep)> TakeAsync(
        IHistoryStore store, HandOffTimeline definitions, PredictionEngine? engine, CancellationToken cancellation)
    {
        long forgets = Forgets;
        try
        {
            Board board = await BoardPass.MakeAsync(
                store, definitions, engine, Now, measured: report => _funnel = forgets == Forgets ? report : null, ct: cancellation);
            return (board, kept => Boards.KeepAsync(kept, cancellation));
        }
        finally
        {
            // It is of this pass; a later one must not begin with it.
            _funnel = null;
        }
    }
}
