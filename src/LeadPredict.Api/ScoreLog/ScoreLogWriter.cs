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
    private const int MostWaiting = 8_192;
    private const int MostAtOnce = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private const int LastTries = 10;

    private readonly Channel<GivenScore> _waiting = Channel.CreateBounded<GivenScore>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private volatile bool _storeIsAway;
    private long _left;

    /// <summary>Whether scores are logged at all.</summary>
    public bool IsOn { get; } = options.Operations is not null && options.LogScores;

    /// <summary>How many scores were left out because the store was away for too long.</summary>
    public long Left => Interlocked.Read(ref _left);

    /// <summary>How many wait.</summary>
    public int Waiting => _waiting.Reader.Count;

    /// <summary>Takes a score; waits when the store is slower than the answers.</summary>
    public ValueTask AddAsync(GivenScore score, CancellationToken cancellation)
    {
        if (!IsOn || _waiting.Writer.TryWrite(score))
        {
            return ValueTask.CompletedTask;
        }

        if (!_storeIsAway)
        {
            return _waiting.Writer.WriteAsync(score, cancellation);
        }

        Interlocked.Increment(ref _left);
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the taking and writes what waits. The server has stopped by then.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rows = new List<LoggedScore>();
        while (IsOn && await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            rows.Clear();
            while (rows.Count < MostAtOnce && _waiting.Reader.TryRead(out GivenScore? given))
            {
                rows.Add(given.Row);
                if (Shadow(given) is { } challenger)
                {
                    rows.Add(challenger);
                }
            }

            await WriteAsync(rows, stoppingToken);
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
            using PredictionEngineLease? lease = models.TryRentChallenger(given.Row.Model);
            if (lease is null)
            {
                return null;
            }

            LeadScore score = new LeadScorer(lease.Engine).Score(given.Account, given.Lead, given.Row.AsOf, reasons: false);
            return GivenScore.RowOf(score, lease.Engine, GivenScore.Challenger, given.Row.Origin, given.Row.At, []);
        }
        catch (Exception fault)
        {
            // A challenger that fails must not keep the champion's scores from being logged.
            log.LogError("The challenger of {Model} failed: {Exception} at {Stack}", given.Row.Model, fault.GetType().FullName, fault.StackTrace);
            return null;
        }
    }
}
