using System.CommandLine;
using LeadPredict.Features.Words;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train.Tables;

/// <summary>Rows that belong together, as those of one customer: a column says which. They never part between folds, and count as one case in what chance could do.</summary>
internal static class RowGroups
{
    public static Option<string?> Option(string why) => new("--group") { Description = $"A column whose rows of one value belong together, for example customer_id: {why}" };

    /// <summary>The group of each row, in the file's order; a row whose cell is empty is a group of its own. Null without a column.</summary>
    /// <exception cref="RefusalException">There is no such column, or it is the label.</exception>
    public static int[]? Read(LabelledTable table, string? column, CancellationToken cancellation)
    {
        if (column is null)
        {
            return null;
        }

        table.CheckNames("--group", [column]);
        int at = table.Find(column);
        var groups = new List<int>();
        var firsts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((_, IReadOnlyList<string?> cells) in table.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            string cell = cells[at]?.Trim() ?? "";
            int row = groups.Count;
            groups.Add(cell.Length == 0 || MissingWords.Usual.Contains(cell) || firsts.TryAdd(cell, row) ? row : firsts[cell]);
        }

        return [.. groups];
    }
}
