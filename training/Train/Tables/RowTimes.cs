using System.CommandLine;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train.Tables;

/// <summary>When each row was made, as a column says.</summary>
/// <param name="Column">The column's name, as the file writes it.</param>
/// <param name="IsOfDates">Whether it holds dates, not numbers that rise with time.</param>
/// <param name="Times">By row; one that says none has the time of the row before it.</param>
/// <param name="Unknown">How many rows say none.</param>
internal sealed record RowTimes(string Column, bool IsOfDates, double[] Times, int Unknown)
{
    public static Option<string?> Option() => new("--time")
    {
        Description = "The column that says when each row was made (dates, or numbers that rise with time): rows are learnt from in its order. Where it holds dates, "
            + "others count as days before it, and of it only the weekday and the day of the month are learnt from, since a date does not come again. Default: the order of the file, the oldest row first.",
    };

    /// <summary>Reads the column; null where none is named.</summary>
    /// <exception cref="RefusalException">There is no row or no such column, it is the label, or its cells are neither dates nor numbers.</exception>
    public static RowTimes? Read(LabelledTable table, string? column, CancellationToken cancellation)
    {
        if (column is null)
        {
            return null;
        }

        table.CheckNames("--time", [column]);
        int at = table.Find(column);
        var run = new ColumnRun();
        bool any = false;
        foreach ((_, IReadOnlyList<string?> cells) in table.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            run.Observe(cells[at]);
            any = true;
        }

        if (!any)
        {
            throw new RefusalException($"{table.Path} has a header but no rows; expected labelled rows to learn from.");
        }

        if (run.Present == 0)
        {
            throw new RefusalException($"--time names '{column}', which is empty. Name the column that tells when a row was made.");
        }

        if (run.Best is not { } reading)
        {
            throw new RefusalException($"--time names '{column}', of whose {run.Present} cells many are neither dates nor numbers of one form. Expected dates such as 2025-12-31, or numbers that rise with time.");
        }

        var times = new List<double>();
        double last = double.NegativeInfinity;
        int unknown = 0;
        foreach ((_, IReadOnlyList<string?> cells) in table.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            double time = ColumnRun.Meant(cells[at]) is { } text ? reading.Of(text) : double.NaN;
            last = double.IsFinite(time) ? time : last;
            unknown += double.IsFinite(time) ? 0 : 1;
            times.Add(last);
        }

        return new(table.Header[at], run.IsOfDates, [.. times], unknown);
    }
}
