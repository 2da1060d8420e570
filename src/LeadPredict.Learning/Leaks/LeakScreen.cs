using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Leaks;

/// <summary>Measures what each column alone tells of the label, to find columns that were written when the outcome was known.</summary>
/// <remarks>Stateless and safe to use from many threads; columns are screened side by side, and the same table and seed give the same figures.</remarks>
public static class LeakScreen
{
    /// <summary>Measures every column.</summary>
    /// <param name="table">Rows with labels, at least one of each class for the figures to be defined; weights are not used.</param>
    /// <param name="seed">Decides which groups share a fold.</param>
    /// <param name="folds">Folds of the cross-fitted rates, at least 2; default 5.</param>
    /// <param name="thresholds">Its <see cref="LeakThresholds.Chance"/> and <see cref="LeakThresholds.MinimumGroups"/> decide which values count as of one class only; null means <see cref="LeakThresholds.Default"/>.</param>
    /// <returns>One screening a column, in the order of the columns. With one class alone every AUC is 0.5.</returns>
    public static IReadOnlyList<ColumnScreening> Screen(TrainingTable table, int seed = 0, int folds = 5, LeakThresholds? thresholds = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        thresholds ??= LeakThresholds.Default;
        if (table.RowCount == 0)
        {
            return [.. table.Features.Columns.Select(c => new ColumnScreening(c.Name, 0.5, 0.5, 0, 0, 0, 0, 0, 0, 0))];
        }

        int[] groupOf = GroupFolds.Number(table.Groups, table.RowCount);
        int[] foldOf = GroupFolds.Deal(table.Labels, groupOf, folds, seed);
        var screenings = new ColumnScreening[table.Features.Columns.Count];

        // The cells of one column after the other stand in the same array, one for each thread: with many rows they are the bulk of it.
        Parallel.For(
            0,
            screenings.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new int[table.RowCount],
            (column, _, cell) =>
            {
                ColumnCells cells = ColumnCells.Of(table.Features.Columns[column], table.Features.Column(column), cell);
                screenings[column] = Screen(table, cells, groupOf, foldOf, folds, thresholds, table.Features.Columns[column].Name);
                return cell;
            },
            _ => { });
        return screenings;
    }

    private static ColumnScreening Screen(
        TrainingTable table, ColumnCells cells, int[] groupOf, int[] foldOf, int folds, LeakThresholds thresholds, string name)
    {
        byte[] labels = table.Labels;
        int positiveGroups = CountGroups(groupOf, row => labels[row] == 1);
        int negativeGroups = CountGroups(groupOf, row => labels[row] == 0);
        int filledPositives = 0;
        int filledNegatives = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if (cells.Cell[row] != ColumnCells.Missing)
            {
                filledPositives += labels[row];
                filledNegatives += 1 - labels[row];
            }
        }

        double positiveRate = table.Positives == 0 ? 0.0 : (double)filledPositives / table.Positives;
        double negativeRate = table.Negatives == 0 ? 0.0 : (double)filledNegatives / table.Negatives;
        bool bothClasses = table.Positives > 0 && table.Negatives > 0;
        ValueCounts? values = bothClasses && cells.AreValues ? ValueCounts.Of(cells, labels, groupOf) : null;
        return new ColumnScreening(
            name,
            CrossFittedAuc.Of(cells, labels, foldOf, folds),
            bothClasses ? 0.5 + (Math.Abs(positiveRate - negativeRate) / 2.0) : 0.5,
            positiveRate,
            negativeRate,
            CountGroups(groupOf, row => cells.Cell[row] != ColumnCells.Missing),
            positiveGroups,
            negativeGroups,
            values?.PureShare(positiveGroups, negativeGroups, thresholds) ?? 0.0,
            values?.StrongestOddsRatio(thresholds) ?? 0.0);
    }

    private static int CountGroups(int[] groupOf, Func<int, bool> counts)
    {
        // A group that is one row needs no remembering.
        bool[] seen = GroupFolds.AreRows(groupOf) ? [] : new bool[groupOf.Length];
        int found = 0;
        for (int row = 0; row < groupOf.Length; row++)
        {
            if (seen.Length == 0 && counts(row))
            {
                found++;
            }
            else if (seen.Length > 0 && !seen[groupOf[row]] && counts(row))
            {
                seen[groupOf[row]] = true;
                found++;
            }
        }

        return found;
    }
}
