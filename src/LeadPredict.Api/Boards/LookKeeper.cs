using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.HandOff;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Time;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage;
using LeadPredict.Storage.Boards;

namespace LeadPredict.Api.Boards;

/// <summary>
/// Keeps a look at the history at hand and in the store, and takes a new one when it has grown old, so that no page waits for a large history: not after a
/// restart either.
/// </summary>
/// <remarks>
/// Safe to use from several threads. At most one look is taken at a time. While a long one is taken, the one before is served, unless it went out of date by age
/// more than an hour ago: however seldom somebody asks, nothing older is told.
/// </remarks>
/// <param name="name">What it is kept under.</param>
/// <param name="quick">A look that is taken as fast as this is taken anew whenever it is out of date.</param>
/// <param name="options">Where the history is.</param>
/// <param name="models">Who scores.</param>
/// <param name="log">Hears of faults.</param>
internal abstract class LookKeeper<T>(string name, TimeSpan quick, LeadPredictApiOptions options, ServedModels models, ILogger log) : IDisposable
    where T : class
{
    private const int AgeByEffort = 10;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Meanwhile = TimeSpan.FromHours(1);

    /// <summary>Another build of this service may show other things.</summary>
    private static readonly string ThisBuild = typeof(LookKeeper<T>).Module.ModuleVersionId.ToString();

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private KeptLook<T>? _kept;
    private Task<KeptLook<T>>? _taking;
    private long _changes;
    private long _forgets;

    /// <summary>Where looks are kept.</summary>
    /// <exception cref="ProblemException">There is no store.</exception>
    protected IBoardStore Boards => BoardStores.Of(Store);

    /// <summary>The history.</summary>
    /// <exception cref="ProblemException">There is no store.</exception>
    protected IHistoryStore Store => options.Store ?? throw new ProblemException(ProblemKind.NotReady, "This service has no store: start it with --store.");

    /// <summary>How often somebody was forgotten.</summary>
    protected long Forgets => Interlocked.Read(ref _forgets);

    protected DateTimeOffset Now => options.Time.GetUtcNow();

    /// <summary>Something was decided: what is kept is out of date.</summary>
    public virtual void Invalidate() => Interlocked.Increment(ref _changes);

    /// <summary>Somebody was forgotten: neither what is kept nor what is being made may be served any more.</summary>
    public virtual void Forgot()
    {
        lock (_gate)
        {
            _forgets++;
            _kept = null;
        }
    }

    /// <summary>The look; waits only when there is none yet or none that is young enough, or when a new one is taken in a moment.</summary>
    /// <exception cref="ProblemException">There is no store.</exception>
    public async Task<T> GetAsync(CancellationToken cancellation)
    {
        IHistoryStore store = Store;
        KeptLook<T>? kept = await FindAsync(cancellation);
        if (kept is not null && IsCurrent(kept))
        {
            return kept.Look;
        }

        Task<KeptLook<T>> taking = Take(store);
        return kept is not null && IsServedMeanwhile(kept) ? kept.Look : (await taking.WaitAsync(cancellation)).Look;
    }

    /// <summary>The look that may be served where a new one takes longer than a page may wait, or null.</summary>
    protected T? Last => _kept is { } kept && IsYounger(kept, Meanwhile) ? kept.Look : null;

    /// <summary>The look; where a new one takes longer than a page may wait, one that is out of date, or null where there is none that is young enough.</summary>
    /// <exception cref="ProblemException">There is no store.</exception>
    public async Task<T?> TryGetAsync(TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(cancellation).WaitAsync(patience, TimeProvider.System, cancellation);
        }
        catch (TimeoutException)
        {
            return Last;
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>Takes a look, and tells how to put it into the store.</summary>
    protected abstract Task<(T Look, Func<KeptBoard, Task> Keep)> TakeAsync(IHistoryStore store, HandOffTimeline definitions, PredictionEngine? engine, CancellationToken cancellation);

    /// <summary>The look that lies in the store, whichever service took it; null before the first, and where another version of this service wrote something else.</summary>
    protected async Task<T?> StoredAsync(CancellationToken cancellation) => BoardJson.Read<KeptLook<T>>((await Boards.FindAsync(name, cancellation))?.Content)?.Look;

    protected Task<HandOffTimeline> DefinitionsAsync(CancellationToken cancellation) => new HandOffDesk(Store, options.Time).DefinitionsAsync(cancellation);

    protected PredictionEngineLease? Rent()
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

    /// <summary>What is at hand, or what an earlier run of the service left; short looks are taken anew instead.</summary>
    private async Task<KeptLook<T>?> FindAsync(CancellationToken cancellation) => _kept ??=
        await Boards.FindAsync(name, cancellation) is { } found && BoardJson.Read<KeptLook<T>>(found.Content) is { } kept && kept.Took > quick && kept.Build == ThisBuild ? kept : null;

    private bool IsCurrent(KeptLook<T> kept) =>
        kept.Changes == Interlocked.Read(ref _changes) && kept.Model == ModelNow() && IsYounger(kept, TimeSpan.Zero);

    private bool IsServedMeanwhile(KeptLook<T> kept) => kept.Took > quick && IsYounger(kept, Meanwhile);

    /// <summary>Whether it is not out of date by age, or has been so for less than <paramref name="more"/>.</summary>
    private bool IsYounger(KeptLook<T> kept, TimeSpan more)
    {
        // By the time of day, for it outlives the process; one from the future was made before the clock was set back.
        TimeSpan age = Now - kept.MadeAt;
        TimeSpan fresh = kept.Took * AgeByEffort > Fresh ? kept.Took * AgeByEffort : Fresh;
        return age >= TimeSpan.Zero && age < fresh + more;
    }

    private string? ModelNow() => models.Default() is { } served
        ? models.Pool.Status().Where(engine => engine.Engine == served).Select(engine => $"{served}@{engine.Version} {engine.Hash}").FirstOrDefault()
        : null;

    private Task<KeptLook<T>> Take(IHistoryStore store)
    {
        lock (_gate)
        {
            return _taking is { IsCompleted: false } ? _taking : _taking = Task.Run(() => TakeAndKeepAsync(store, _stopping.Token));
        }
    }

    private async Task<KeptLook<T>> TakeAndKeepAsync(IHistoryStore store, CancellationToken cancellation)
    {
        while (true)
        {
            long forgets = Forgets;
            KeptLook<T> kept = await TakeOnceAsync(store, forgets, cancellation);
            lock (_gate)
            {
                if (forgets == _forgets)
                {
                    return _kept = kept;
                }
            }
        }
    }

    private async Task<KeptLook<T>> TakeOnceAsync(IHistoryStore store, long forgets, CancellationToken cancellation)
    {
        long changes = Interlocked.Read(ref _changes);
        string? model = ModelNow();
        long start = options.Time.GetTimestamp();
        try
        {
            using PredictionEngineLease? lease = Rent();
            (T look, Func<KeptBoard, Task> keep) = await TakeAsync(store, await DefinitionsAsync(cancellation), lease?.Engine, cancellation);
            var kept = new KeptLook<T>(look, UtcTime.Normalize(Now), options.Time.GetElapsedTime(start), model, ThisBuild) { Changes = changes };
            if (forgets == Forgets)
            {
                await keep(new(name, kept.MadeAt, BoardJson.Write(kept)));
            }

            return kept;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whoever waits gets the exception; whoever does not must find it somewhere.
            log.LogError("The history could not be looked at: {Exception}", LoggedFault.Of(fault));
            throw;
        }
    }
}
