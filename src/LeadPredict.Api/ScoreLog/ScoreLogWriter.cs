using System.Threading.Channels;
using LeadPredict.Api.Handlers;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.ScoreLog;

/// <summary>
/// Writes given scores to the store, many at a time and off the request's path, and lets the challenger score the same leads there. What was
/// taken is written before the service ends. While the store is away scores wait; when too many do, further ones are counted and left out, since
/// answering goes before logging.
/// </summary>
internal sealed class ScoreLogWriter(LeadPredictApiOptions options, ServedModels models, ILogger<ScoreLogWriter> log) : BackgroundService
{
    private const int MostPagesAtOnce = 8;
    private const int LastTries = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // For so long scores are gathered, so that a busy service writes hundreds of them in one transaction.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly ScoreLogPages _pages = new();
    private readonly Channel<bool> _some = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private volatile bool _storeIsAway;
    private int _told;
    private long _left;

    /// <summary>Whether scores are logged at all.</summary>
    public bool IsOn { get; } = options.Operations is not null && options.LogScores;

    /// <summary>How many scores were left out because the store was away for too long.</summary>
    public long Left => Interlocked.Read(ref _left);

    /// <summary>How many wait.</summary>
    public int Waiting => _pages.Waiting;

    /// <summary>Takes a score and a copy of its answer; waits when the store is slower than the answers.</summary>
    public ValueTask AddAsync(GivenScore score, ReadOnlyMemory<byte> answer, CancellationToken cancellation)
    {
        if (!IsOn)
        {
            return ValueTask.CompletedTask;
        }

        if (!_pages.TryAdd(score, answer.Span, out Task room))
        {
            return WaitAsync(score, answer, room, cancellation);
        }

        Tell();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the taking and writes what waits. The server has stopped by then.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _some.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rows = new List<LoggedScore>();
        var pages = new List<ScoreLogPage>();
        while (IsOn && await _some.Reader.WaitToReadAsync(CancellationToken.None))
        {
            if (!_pages.HasFull)
            {
                await Task.Delay(Gathering, options.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            // From here on whoever adds a score tells it again.
            _some.Reader.TryRead(out _);
            Volatile.Write(ref _told, 0);
            await WriteAllAsync(pages, rows, stoppingToken);
        }

        await WriteAllAsync(pages, rows, stoppingToken);
    }

    private async ValueTask WaitAsync(GivenScore score, ReadOnlyMemory<byte> answer, Task room, CancellationToken cancellation)
    {
        do
        {
            if (_storeIsAway)
            {
                Interlocked.Increment(ref _left);
                return;
            }

            await room.WaitAsync(cancellation);
        }
        while (!_pages.TryAdd(score, answer.Span, out room));
        Tell();
    }

    private void Tell()
    {
        if (Volatile.Read(ref _told) == 0 && Interlocked.Exchange(ref _told, 1) == 0)
        {
            _some.Writer.TryWrite(true);
        }
    }

    private async Task WriteAllAsync(List<ScoreLogPage> pages, List<LoggedScore> rows, CancellationToken stopping)
    {
        while (_pages.Take() is { } page)
        {
            for (; page is not null; page = pages.Count < MostPagesAtOnce ? _pages.Take() : null)
            {
                pages.Add(page);
                foreach (GivenScore given in page.Scores)
                {
                    rows.Add(given.Row);
                    if (Shadow(given) is { } challenger)
                    {
                        rows.Add(challenger);
                    }
                }
            }

            await WriteAsync(rows, stopping);
            _pages.Return(pages);
            pages.Clear();
            rows.Clear();
        }
    }

    private async Task WriteAsync(List<LoggedScore> rows, CancellationToken stopping)
    {
        for (int triesWhenStopping = 0; ; triesWhenStopping += stopping.IsCancellationRequested ? 1 : 0)
        {
            try
            {
                await options.Operations!.Scores.AppendAsync(rows, CancellationToken.None);
                _storeIsAway = false;
                return;
            }
            catch (StorageException fault)
            {
                if (!_storeIsAway)
                {
                    log.LogWarning("The score log cannot be written, scores wait: {Fault}", fault.Message);
                }

                _storeIsAway = true;
            }
            catch (Exception bug)
            {
                // A row that no store takes must not keep the others from being written.
                log.LogError("{Count} scores could not be logged: {Exception} at {Stack}", rows.Count, bug.GetType().FullName, bug.StackTrace);
                return;
            }

            if (triesWhenStopping >= LastTries)
            {
                log.LogError("The store stayed away: {Count} scores were not logged", rows.Count);
                return;
            }

            await Task.Delay(Pause, options.Time, CancellationToken.None);
        }
    }

    /// <summary>What the challenger says of the same lead, or null when there is none or it cannot.</summary>
    private LoggedScore? Shadow(GivenScore given)
    {
        try
        {
            if (given.Lead is not { } lead || given.Account is not { } account)
            {
                return null;
            }

            using PredictionEngineLease? lease = models.TryRentChallenger(given.Row.Model);
            if (lease is null)
            {
                return null;
            }

            LeadScore score = new LeadScorer(lease.Engine).Score(account, lead, given.Row.AsOf, reasons: false);
            return GivenScore.RowOf(score, lease.Engine, GivenScore.Challenger, given.Row.Origin, given.Row.At);
        }
        catch (Exception fault)
        {
            // A challenger that fails must not keep the champion's scores from being logged.
            log.LogError("The challenger of {Model} failed: {Exception} at {Stack}", given.Row.Model, fault.GetType().FullName, fault.StackTrace);
            return null;
        }
    }
}
