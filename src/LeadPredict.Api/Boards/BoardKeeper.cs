using System.Text.Json.Serialization;
using LeadPredict.Api.Errors;
using LeadPredict.Api.HandOff;
using LeadPredict.Api.Handlers;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Time;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage;
using LeadPredict.Storage.Boards;

namespace LeadPredict.Api.Boards;

/// <summary>
/// Keeps a board at hand and in the store, and makes a new one when it has grown old, so that no page waits for a large history: not after a restart either.
/// </summary>
/// <remarks>Safe to use from several threads. At most one board is made at a time. While a large one is made, the one before is served.</remarks>
internal sealed class BoardKeeper(LeadPredictApiOptions options, ServedModels models, ILogger<BoardKeeper> log) : IDisposable
{
    /// <summary>A board that is made as fast as this is made anew whenever it is out of date.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    /// <summary>Another build of this service may show other things.</summary>
    private static readonly string ThisBuild = typeof(BoardKeeper).Module.ModuleVersionId.ToString();

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly IBoardStore? _boards = options.Store is { } store ? BoardStores.Of(store) : null;
    private Kept? _kept;
    private Task<Kept>? _making;
    private FunnelReport? _funnel;
    private long _changes;
    private long _forgets;

    /// <summary>The call list that goes with the board.</summary>
    /// <exception cref="ProblemException">There is no store.</exception>
    public CallList Calls => new(_boards ?? throw NoStore());

    /// <summary>Something was decided: what is kept is out of date.</summary>
    public void Invalidate() => Interlocked.Increment(ref _changes);

    /// <summary>Somebody was forgotten: neither what is kept nor what is being made may be served any more.</summary>
    public void Forgot()
    {
        lock (_gate)
        {
            _forgets++;
            _kept = null;
            _funnel = null;
        }
    }

    /// <summary>The board; waits only when there is none yet, or when a new one is made in a moment.</summary>
    /// <exception cref="ProblemException">There is no store.</exception>
    public async Task<Board> GetAsync(CancellationToken cancellation)
    {
        IHistoryStore store = Store();
        Kept? kept = _kept ??= await FindAsync(cancellation);
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

    /// <summary>The funnel, or null when it takes longer than a page may wait. Before the first board it is there as soon as the database has measured it, without score bands.</summary>
    /// <exception cref="ProblemException">There is no store.</exception>
    public async Task<FunnelReport?> TryGetFunnelAsync(TimeSpan patience, CancellationToken cancellation)
    {
        Task<Board?> board = TryGetAsync(patience, cancellation);
        while (!board.IsCompleted && _funnel is null)
        {
            await Task.WhenAny(board, Task.Delay(Moment, TimeProvider.System, cancellation));
        }

        return board.IsCompleted ? (await board)?.Funnel ?? _funnel : _funnel;
    }

    /// <summary>Something was decided about a lead, or by the person. Where making a new board takes long, its row is mended in the list that goes on being served.</summary>
    public async Task DecidedAsync(string leadId, CancellationToken cancellation)
    {
        Kept? kept = _kept ??= _boards is null ? null : await FindAsync(cancellation);
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
            row = BoardPass.RowOf(lease.Engine, definitions, account, account.Leads.First(lead => lead.Lead.Id == leadId), options.Time.GetUtcNow())?.WorthBy(kept.Board.Deals);
        }

        await Calls.MendAsync(leadId, row, cancellation);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private static ProblemException NoStore() => new(ProblemKind.NotReady, "This service has no store: start it with --store.");

    private IHistoryStore Store() => options.Store ?? throw NoStore();

    /// <summary>What an earlier run of the service left; small boards are made anew instead, in a moment.</summary>
    private async Task<Kept?> FindAsync(CancellationToken cancellation) =>
        await _boards!.FindAsync(cancellation) is { } found && BoardJson.Read<Kept>(found.Content) is { } kept && kept.Took > Quick && kept.Build == ThisBuild ? kept : null;

    private bool IsCurrent(Kept kept)
    {
        TimeSpan age = options.Time.GetUtcNow() - kept.MadeAt;
        return kept.Changes == Interlocked.Read(ref _changes) && kept.Model == ModelNow() && age < (kept.Took * 10 > Fresh ? kept.Took * 10 : Fresh);
    }

    private string? ModelNow() => models.Default() is { } name
        ? models.Pool.Status().Where(engine => engine.Engine == name).Select(engine => $"{name}@{engine.Version} {engine.Hash}").FirstOrDefault()
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
            LookedAt looked = await BoardPass.MakeAsync(store, definitions, lease?.Engine, options.Time.GetUtcNow(), measured: report => _funnel = forgets == Interlocked.Read(ref _forgets) ? report : null, ct: cancellation);
            var kept = new Kept(looked.Board, UtcTime.Normalize(options.Time.GetUtcNow()), options.Time.GetElapsedTime(start), model, ThisBuild) { Changes = changes };
            if (forgets == Interlocked.Read(ref _forgets))
            {
                await _boards!.ReplaceAsync(new(kept.MadeAt, BoardJson.Write(kept)), [.. looked.Calls.Select(CallList.Kept)], cancellation);
            }

            lock (_gate)
            {
                if (forgets == _forgets)
                {
                    return _kept = kept;
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

    /// <summary>A board with when and how it was made.</summary>
    private sealed record Kept(Board Board, DateTimeOffset MadeAt, TimeSpan Took, string? Model, string Build)
    {
        /// <summary>How often something had been decided in this run of the service when the board was begun.</summary>
        [JsonIgnore]
        public long Changes { get; init; }
    }
}
