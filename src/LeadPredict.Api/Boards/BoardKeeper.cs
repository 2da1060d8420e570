using LeadPredict.Api.Errors;
using LeadPredict.Api.HandOff;
using LeadPredict.Api.Handlers;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage;

namespace LeadPredict.Api.Boards;

/// <summary>Keeps a board at hand and makes a new one when it has grown old, so that a page never waits for a large history twice.</summary>
/// <remarks>Safe to use from several threads. At most one board is made at a time. While a large one is made, the one before is served.</remarks>
internal sealed class BoardKeeper(LeadPredictApiOptions options, ServedModels models, ILogger<BoardKeeper> log) : IDisposable
{
    /// <summary>A board that is made as fast as this is made anew whenever it is out of date.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private Kept? _kept;
    private Task<Kept>? _making;
    private long _changes;
    private long _forgets;

    /// <summary>Something was decided: what is kept is out of date.</summary>
    public void Invalidate() => Interlocked.Increment(ref _changes);

    /// <summary>Somebody was forgotten: neither what is kept nor what is being made may be served any more.</summary>
    public void Forgot()
    {
        lock (_gate)
        {
            _forgets++;
            _kept = null;
        }
    }

    /// <summary>The board; waits only when there is none yet, or when a new one is made in a moment.</summary>
    /// <exception cref="ProblemException">There is no store.</exception>
    public async Task<Board> GetAsync(CancellationToken cancellation)
    {
        IHistoryStore store = Store();
        Kept? kept = _kept;
        if (kept is not null && IsCurrent(kept))
        {
            return kept.Board;
        }

        Task<Kept> making = Make(store);
        return kept is not null && kept.Took > Quick ? kept.Board : (await making.WaitAsync(cancellation)).Board;
    }

    /// <summary>The board, or null when it takes longer than a page may wait; it is being made then.</summary>
    /// <exception cref="ProblemException">There is no store.</exception>
    public async Task<Board?> TryGetAsync(TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(cancellation).WaitAsync(patience, TimeProvider.System, cancellation);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Something was decided about a lead, or by the person. Where making a new board takes long, its row is mended in the one that goes on being served.</summary>
    public async Task DecidedAsync(string leadId, CancellationToken cancellation)
    {
        Kept? kept = _kept;
        Interlocked.Increment(ref _changes);
        if (kept is null || kept.Took <= Quick)
        {
            return;
        }

        CallRow? row = null;
        using PredictionEngineLease? lease = Rent();
        if (lease is not null && await Store().FindAccountOfLeadAsync(leadId, cancellation) is { } account)
        {
            HandOffTimeline definitions = await new HandOffDesk(Store(), options.Time).DefinitionsAsync(cancellation);
            CallRow? before = kept.Board.Calls.FirstOrDefault(one => one.LeadId == leadId);
            row = BoardPass.RowOf(lease.Engine, definitions, account, account.Leads.First(lead => lead.Lead.Id == leadId), options.Time.GetUtcNow());
            row = row is null || before?.Worth is not { } worth || before.Probability.Value == 0 ? row : row with { Worth = worth / before.Probability.Value * row.Probability.Value };
        }

        IEnumerable<CallRow> others = kept.Board.Calls.Where(one => one.LeadId != leadId);
        _kept = kept with { Board = kept.Board with { Calls = BoardPass.InOrder(row is null ? others : others.Append(row), null) } };
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private IHistoryStore Store() => options.Store
        ?? throw new ProblemException(ProblemKind.NotReady, "This service has no store: start it with --store.");

    private bool IsCurrent(Kept kept)
    {
        TimeSpan age = options.Time.GetElapsedTime(kept.MadeAt);
        return kept.Changes == Interlocked.Read(ref _changes) && kept.Model == ModelNow() && age < (kept.Took * 10 > Fresh ? kept.Took * 10 : Fresh);
    }

    private string? ModelNow() => models.Default() is { } name
        ? models.Pool.Status().Where(engine => engine.Engine == name).Select(engine => $"{name}@{engine.Version}").FirstOrDefault()
        : null;

    private Task<Kept> Make(IHistoryStore store)
    {
        lock (_gate)
        {
            return _making is { IsCompleted: false } ? _making : _making = Task.Run(() => MakeAsync(store, _stopping.Token));
        }
    }

    private async Task<Kept> MakeAsync(IHistoryStore store, CancellationToken cancellation)
    {
        long changes = Interlocked.Read(ref _changes);
        long forgets = Interlocked.Read(ref _forgets);
        string? model = ModelNow();
        long start = options.Time.GetTimestamp();
        try
        {
            HandOffTimeline definitions = await new HandOffDesk(store, options.Time).DefinitionsAsync(cancellation);
            using PredictionEngineLease? lease = Rent();
            Board board = await BoardPass.MakeAsync(store, definitions, lease?.Engine, options.Time.GetUtcNow(), ct: cancellation);
            lock (_gate)
            {
                if (forgets == _forgets)
                {
                    return _kept = new(board, options.Time.GetTimestamp(), options.Time.GetElapsedTime(start), changes, model);
                }
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whoever waits gets the exception; whoever does not must find it somewhere. Messages may hold what leads said.
            log.LogError("The history could not be looked at: {Exception}", fault.GetType().FullName);
            throw;
        }

        return await MakeAsync(store, cancellation);
    }

    private PredictionEngineLease? Rent()
    {
        try
        {
            return models.Rent(null);
        }
        catch (Exception none) when (none is ProblemException or EngineNotReadyException)
        {
            return null;
        }
    }

    private sealed record Kept(Board Board, long MadeAt, TimeSpan Took, long Changes, string? Model);
}
