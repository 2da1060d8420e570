using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.ScoreLog;

/// <summary>
/// What waits for the store, in order: first what is in the spool's files, then the pages in memory. Pages go to the files when many of them wait in
/// memory, so that requests find room there. For one thread that takes and another that spools.
/// </summary>
internal sealed class ScoreLogBacklog(ScoreLogPages pages, ChallengerShadow shadow, ScoreSpool? spool, ILogger log) : IDisposable
{
    /// <summary>How many whole pages wait in memory before they go to the files, and how many are written to the store at once at most.</summary>
    public const int ManyPages = 8;

    private readonly Lock _lock = new();

    // A page that left memory and found no room in the files: older than what is in memory, later than what is in the files.
    private ScoreLogPage? _held;
    private bool _spoolFails;
    private volatile bool _refused;

    /// <summary>How many scores wait in files.</summary>
    public int Spooled => spool?.Waiting ?? 0;

    /// <summary>Which share of the files' room is free: 0 without files, or while they take no more.</summary>
    public double Room => spool is null || _refused ? 0 : Math.Max(0, 1 - spool.Bytes / (double)spool.Most);

    /// <summary>The scores that have waited longest; none when none waits.</summary>
    /// <param name="most">At most so many pages of them.</param>
    public ScoreLogBatch Take(int most)
    {
        lock (_lock)
        {
            if (Peek(most) is { Count: > 0 } spooled)
            {
                return new(spooled, []);
            }

            List<LoggedScore> rows = [];
            List<ScoreLogPage> taken = [];
            while (taken.Count < most && Next() is { } page)
            {
                taken.Add(page);
                shadow.AddRows(page, rows);
                pages.ClearShadowed(page);
            }

            return new(rows, taken);
        }
    }

    /// <summary>Says that a batch is in the store, or never will be.</summary>
    public void Done(ScoreLogBatch batch)
    {
        lock (_lock)
        {
            if (batch.Pages.Count > 0)
            {
                pages.Return(batch.Pages);
            }
            else
            {
                Try(spool!.Remove);
                _refused = false;
            }
        }
    }

    /// <summary>Moves pages from memory to the files when many whole ones wait or what a challenger is to score takes much memory, as far as there is room.</summary>
    public void Spool()
    {
        if (spool is null)
        {
            return;
        }

        lock (_lock)
        {
            while (_held is not null || pages.Full >= ManyPages || pages.IsHeavy)
            {
                if (!SpoolNext())
                {
                    return;
                }
            }
        }
    }

    /// <summary>Puts all that waits into the files, for the next start.</summary>
    /// <param name="unwritten">A batch that was taken and could not be written.</param>
    /// <returns>How many scores could not be kept.</returns>
    public int Leave(ScoreLogBatch? unwritten)
    {
        lock (_lock)
        {
            // What was taken from the files is in them still. What was taken from memory now stands behind them: it has its instant all the same.
            int lost = unwritten is { Pages.Count: > 0 } && !Try(() => spool?.TryAppend(unwritten.Rows, anyway: true) == true) ? unwritten.Rows.Count : 0;
            while (Next() is { } page)
            {
                lost += Try(() => Keep(page, anyway: true)) ? 0 : page.Scores.Count;
            }

            if (spool is not null)
            {
                Try(spool.Flush);
            }

            return lost;
        }
    }

    public void Dispose() => spool?.Dispose();

    private ScoreLogPage? Next()
    {
        (ScoreLogPage? page, _held) = (_held, null);
        return page ?? pages.Take();
    }

    private bool SpoolNext()
    {
        if (Next() is not { } page)
        {
            return false;
        }

        _refused = !Try(() => Keep(page, anyway: false));
        if (_refused)
        {
            _held = page;
            return false;
        }

        pages.Return([page]);
        return true;
    }

    /// <summary>Puts a page into the files, as it is where no challenger has anything to add.</summary>
    private bool Keep(ScoreLogPage page, bool anyway)
    {
        if (spool is null || page.Shadowed.Count == 0)
        {
            return spool?.TryAppend(page.Scores, anyway) == true;
        }

        List<LoggedScore> rows = [];
        shadow.AddRows(page, rows);
        return spool.TryAppend(rows, anyway);
    }

    private IReadOnlyList<LoggedScore> Peek(int most)
    {
        IReadOnlyList<LoggedScore> rows = [];
        if (spool is not null)
        {
            Try(() => rows = spool.Peek(most));
        }

        return rows;
    }

    private void Try(Action work) => Try(() =>
    {
        work();
        return true;
    });

    private bool Try(Func<bool> work)
    {
        try
        {
            bool done = work();
            _spoolFails = false;
            return done;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (!_spoolFails)
            {
                log.LogWarning("The files in which scores wait for the store fail: {Fault}", fault.Message);
            }

            _spoolFails = true;
            return false;
        }
    }
}

/// <summary>Scores on their way into the store.</summary>
/// <param name="Rows">Their rows.</param>
/// <param name="Pages">The pages that hold them; none when they come from files.</param>
internal sealed record ScoreLogBatch(IReadOnlyList<LoggedScore> Rows, List<ScoreLogPage> Pages);
