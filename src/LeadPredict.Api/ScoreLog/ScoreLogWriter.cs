using System.Threading.Channels;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.ScoreLog;

/// <summary>
/// Writes given scores to the store, many at a time and off the request's path, and lets the challenger score the same leads there. Scores that come
/// faster than the store takes them, or while it is away, wait in files; the store then gets a small share of the time, so that requests have the
/// processor, and catches up when fewer come. Without room in the files requests wait for a slow store; while it is away, further scores are
/// counted and left out, since answering goes before logging.
/// </summary>
internal sealed class ScoreLogWriter : BackgroundService
{
    // After a write that took t, in which more than half as many scores came as were written, the store is left alone for so many t, and gets one page
    // next: a write takes a processor, and what takes a short one of two hundred parts of the time does not show in the requests' 99th percentile.
    private const int RestFor = 199;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);

    // For so long what waits is written when the service ends; the rest waits in files for the next start.
    private static readonly TimeSpan LastWriting = TimeSpan.FromSeconds(20);

    // After so long a store that takes a write and does not end it is away, as far as requests and health are concerned.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(5);

    // For so long scores are gathered, so that a busy service writes hundreds of them in one transaction.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly ScoreLogStore? _store;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ScoreLogPages _pages = new();
    private readonly ScoreLogBacklog _backlog;
    private readonly CancellationTokenSource _late = new();
    private readonly Channel<bool> _some = NewSignal();
    private readonly Channel<bool> _many = NewSignal();
    private int _told;
    private long _left;

    /// <summary>Opens the files and takes over what an ended process left there.</summary>
    /// <param name="options">Where scores wait.</param>
    /// <param name="store">Where they are written, or null for nowhere.</param>
    /// <param name="shadow">Scores with the challenger.</param>
    /// <param name="log">Where faults are told.</param>
    /// <param name="patience">After so long a store that does not end a write is away; 5 seconds unless said.</param>
    public ScoreLogWriter(LeadPredictApiOptions options, IScoreLog? store, ChallengerShadow shadow, ILogger<ScoreLogWriter> log, TimeSpan? patience = null)
    {
        _store = options.LogScores && store is not null ? new(store, options.Time, patience ?? LongestWrite, _pages.Wake, log) : null;
        _time = options.Time;
        _log = log;
        _backlog = new(_pages, shadow, OpenSpool(options), log);
    }

    /// <summary>Whether scores are logged at all.</summary>
    public bool IsOn => _store is not null;

    /// <summary>Whether the store could not be written when that was tried last; it is tried every second while scores wait.</summary>
    public bool StoreIsAway => _store is { IsAway: true };

    /// <summary>How many scores were left out because the store was away for too long.</summary>
    public long Left => Interlocked.Read(ref _left);

    /// <summary>How many wait, in memory and in files.</summary>
    public int Waiting => _pages.Waiting + _backlog.Spooled;

    /// <summary>How many of them wait in files.</summary>
    public int Spooled => _backlog.Spooled;

    /// <summary>Takes a score with its answer, which is copied; waits when the store is slower than the answers and there is no room left.</summary>
    /// <param name="score">The score.</param>
    /// <param name="shadowed">What a challenger is to score, or null where none serves.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    public ValueTask AddAsync(LoggedScore score, ShadowedLead? shadowed, CancellationToken cancellation)
    {
        if (!IsOn)
        {
            return ValueTask.CompletedTask;
        }

        ReadOnlySpan<byte> packed = ScorePage.Pack(score);
        if (!_pages.TryAdd(packed, shadowed, out Task room))
        {
            // What was packed is overwritten by the thread's next.
            return WaitAsync(packed.ToArray(), shadowed, room, cancellation);
        }

        Tell();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the taking and writes what waits, or leaves it in files. The server has stopped by then.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _late.CancelAfter(LastWriting);
        await using CancellationTokenRegistration hurry = cancellationToken.Register(_late.Cancel);
        _some.Writer.TryComplete();
        _many.Writer.TryComplete();

        // Whoever is in a hurry has to wait for the files all the same.
        await base.StopAsync(CancellationToken.None);
    }

    public override void Dispose()
    {
        _late.Dispose();
        _backlog.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsOn)
        {
            return;
        }

        Task spooling = Task.Run(SpoolAsync, CancellationToken.None);
        ScoreLogBatch? unwritten = await StoreAsync(stoppingToken);
        await spooling;
        if (_backlog.Leave(unwritten) is > 0 and var lost)
        {
            _log.LogError("The store stayed away: {Count} scores were not logged", lost);
        }
    }

    private static Channel<bool> NewSignal() =>
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private ScoreSpool? OpenSpool(LeadPredictApiOptions options)
    {
        try
        {
            return IsOn && options.ScoreSpool is { } folder ? ScoreSpool.Open(folder, options.ScoreSpoolBytes, options.ScoreSpoolOf) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _log.LogWarning("Scores cannot wait in files, requests wait for a slow store instead: {Fault}", fault.Message);
            return null;
        }
    }

    private async ValueTask WaitAsync(byte[] packed, ShadowedLead? shadowed, Task room, CancellationToken cancellation)
    {
        do
        {
            // Where the files have room, pages are on their way there.
            if (StoreIsAway && _backlog.Room == 0)
            {
                Interlocked.Increment(ref _left);
                return;
            }

            _many.Writer.TryWrite(true);
            await room.WaitAsync(cancellation);
        }
        while (!_pages.TryAdd(packed, shadowed, out room));
        Tell();
    }

    private void Tell()
    {
        if (Volatile.Read(ref _told) == 0 && Interlocked.Exchange(ref _told, 1) == 0)
        {
            _some.Writer.TryWrite(true);
        }

        if (_pages.Full >= ScoreLogBacklog.ManyPages || _pages.IsHeavy)
        {
            _many.Writer.TryWrite(true);
        }
    }

    private async Task SpoolAsync()
    {
        while (await _many.Reader.WaitToReadAsync(CancellationToken.None))
        {
            _many.Reader.TryRead(out _);
            _backlog.Spool();
        }
    }

    /// <summary>Writes until the service ends and nothing waits, or it is too late: then what could not be written is given back.</summary>
    private async Task<ScoreLogBatch?> StoreAsync(CancellationToken stopping)
    {
        int pages = ScoreLogBacklog.ManyPages;
        for (bool ended = false; !_late.IsCancellationRequested;)
        {
            ScoreLogBatch batch = _backlog.Take(pages);
            if (batch.Rows.Count == 0)
            {
                if (ended)
                {
                    return null;
                }

                ended = !await GatherAsync(stopping);
                continue;
            }

            long began = _time.GetTimestamp();
            long before = _pages.Added;
            if (!await _store!.WriteAsync(batch.Rows, stopping, _late.Token))
            {
                return batch;
            }

            TimeSpan took = _time.GetElapsedTime(began);
            _backlog.Done(batch);
            _backlog.Spool();
            bool isBusy = 2 * (_pages.Added - before) > batch.Rows.Count;
            pages = isBusy ? 1 : ScoreLogBacklog.ManyPages;
            await RestAsync(isBusy ? took : TimeSpan.Zero, stopping);
        }

        return null;
    }

    /// <summary>Waits for a score and for those that come soon after it; false when none will come.</summary>
    private async Task<bool> GatherAsync(CancellationToken stopping)
    {
        if (!await _some.Reader.WaitToReadAsync(CancellationToken.None))
        {
            return false;
        }

        if (_pages.Full == 0)
        {
            await Task.Delay(Gathering, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // From here on whoever adds a score tells it again.
        _some.Reader.TryRead(out _);
        Volatile.Write(ref _told, 0);
        return true;
    }

    /// <summary>Leaves the processor to requests after a write that took so long, the less so the less room there is.</summary>
    private async Task RestAsync(TimeSpan took, CancellationToken stopping)
    {
        TimeSpan rest = took * (RestFor * _backlog.Room);
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest < LongestRest ? rest : LongestRest, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
