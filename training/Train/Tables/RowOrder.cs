using LeadPredict.Learning.Tables;

namespace LeadPredict.Training.Train.Tables;

/// <summary>
/// Puts the rows of a file into the order of time that learning takes them to have. What is learnt follows the level of conversion through the rows to the last, so
/// a file that lies the other way round, or in the order of its labels, would be learnt from as a market that turned.
/// </summary>
internal static class RowOrder
{
    // So seldom would labels that have nothing to do with the order lie so.
    private const double Chance = 1e-5;

    // So many rows tell how a file lies.
    private const int Looked = 100_000;

    private const int Named = 3;

    /// <summary>The rows in order of time, as far as they tell; the same ones where nothing speaks against the file's order.</summary>
    /// <param name="rows">In the file's order.</param>
    /// <param name="table">The file.</param>
    /// <param name="columns">Which may tell the order: dates, and what no feature is made of.</param>
    /// <param name="times">What the user says of it, or null.</param>
    /// <param name="seed">For rows that lie in no order of time.</param>
    /// <param name="warn">Is told what was done.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static TrainingTable Of(TrainingTable rows, LabelledTable table, IReadOnlyList<int> columns, RowTimes? times, int seed, Action<string> warn, CancellationToken cancellation)
    {
        int[] order = [.. Enumerable.Range(0, rows.RowCount)];
        if (times is not null)
        {
            order = [.. order.OrderBy(row => times.Times[row])];
            if (times.Unknown > 0)
            {
                warn($"{times.Unknown} of {rows.RowCount} rows say no time in '{times.Column}'; each is taken to be as old as the row before it in the file.");
            }
        }
        else if (LiesByLabel(rows.Labels))
        {
            warn("the rows lie in the order of their labels, so their order is not taken for time, and they are shuffled. Files are expected in order of time, the oldest row first; --time names a column that tells it.");
            new Random(seed).Shuffle(order);
        }
        else if (Falling(table, columns, warn, cancellation) is { } falling)
        {
            warn($"'{falling}' falls from row to row, so the file is read from its end. Files are expected in order of time, the oldest row first.");
            Array.Reverse(order);
        }
        else
        {
            return rows;
        }

        return rows.Select(order);
    }

    /// <summary>Whether a third of the rarer label's rows or more lie in one piece, which hardly any market does and chance never.</summary>
    internal static bool LiesByLabel(ReadOnlySpan<byte> labels)
    {
        int positives = labels.Count((byte)1);
        byte rarer = 2 * positives <= labels.Length ? (byte)1 : (byte)0;
        int rows = Math.Min(positives, labels.Length - positives);
        int longest = 0;
        int run = 0;
        foreach (byte label in labels)
        {
            run = label == rarer ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return rows > 0 && 3 * longest >= rows && labels.Length * Math.Pow((double)rows / labels.Length, longest) < Chance;
    }

    /// <summary>The first column that falls from row to row, if one does. Dates that run neither way are told.</summary>
    private static string? Falling(LabelledTable table, IReadOnlyList<int> columns, Action<string> warn, CancellationToken cancellation)
    {
        if (columns.Count == 0)
        {
            return null;
        }

        ColumnRun[] runs = [.. columns.Select(_ => new ColumnRun())];
        foreach ((_, IReadOnlyList<string?> cells) in table.Rows().Take(Looked))
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < runs.Length; i++)
            {
                runs[i].Observe(cells[columns[i]]);
            }
        }

        int falling = Array.FindIndex(runs, run => run.IsFalling);
        string[] dates = [.. columns.Where((_, i) => runs[i].IsOfDates).Select(column => $"'{table.Header[column]}'")];
        if (falling < 0 && dates.Length > 0 && !runs.Any(run => run.IsOfDates && run.IsRising))
        {
            warn($"the rows lie in the order of none of their dates ({string.Join(", ", dates.Take(Named))}), and the order of the file is taken for time. "
                + "If one of them says when a row was made, name it with --time.");
        }

        return falling < 0 ? null : table.Header[columns[falling]];
    }
}
