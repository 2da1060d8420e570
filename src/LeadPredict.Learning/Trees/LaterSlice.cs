using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Trees;

/// <summary>The latest rows of a table, to stop early on, and the rows before them whose groups do not reach into them.</summary>
/// <param name="Earlier">Rows to learn from.</param>
/// <param name="Later">Rows to measure on.</param>
internal sealed record LaterSlice(int[] Earlier, int[] Later)
{
    private const double Share = 0.2;
    private const int WantedOfEachClass = 25;

    /// <summary>
    /// Cuts the last fifth off, or more, up to half, until it holds 25 rows of each class: with fewer, where it stops is chance.
    /// </summary>
    public static LaterSlice Of(TrainingTable table)
    {
        int start = table.RowCount;
        int positives = 0;
        int negatives = 0;
        while (start > table.RowCount / 2
            && (table.RowCount - start < Share * table.RowCount || Math.Min(positives, negatives) < WantedOfEachClass))
        {
            start--;
            positives += table.Labels[start];
            negatives += 1 - table.Labels[start];
        }

        var laterGroups = new HashSet<int>();
        for (int row = start; row < table.RowCount; row++)
        {
            laterGroups.Add(table.Groups[row]);
        }

        return new LaterSlice(
            [.. Enumerable.Range(0, start).Where(row => !laterGroups.Contains(table.Groups[row]))],
            [.. Enumerable.Range(start, table.RowCount - start)]);
    }
}
