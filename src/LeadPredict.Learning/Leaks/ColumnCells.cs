using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Leaks;

/// <summary>A column cut into cells: missing, then its categories, or about twenty bins of its numbers, a value that many rows have in one alone.</summary>
internal sealed class ColumnCells
{
    /// <summary>The cell of rows without a value.</summary>
    public const int Missing = 0;

    private const int Bins = 20;

    private ColumnCells(int[] cell, int count, bool areValues)
    {
        Cell = cell;
        Count = count;
        AreValues = areValues;
    }

    /// <summary>The cell of each row, from 0 to <see cref="Count"/> - 1.</summary>
    public int[] Cell { get; }

    public int Count { get; }

    /// <summary>Whether a cell is one value, as in a category or a number with few values, and not a stretch of numbers.</summary>
    public bool AreValues { get; }

    /// <param name="column">What the values are.</param>
    /// <param name="values">One a row.</param>
    /// <param name="cell">As long as the values; overwritten and kept.</param>
    public static ColumnCells Of(FeatureColumn column, ReadOnlySpan<float> values, int[] cell)
    {
        if (column.Kind == ColumnKind.Categorical)
        {
            for (int row = 0; row < cell.Length; row++)
            {
                cell[row] = float.IsNaN(values[row]) ? Missing : 1 + (int)values[row];
            }

            return new ColumnCells(cell, column.Cardinality + 1, areValues: true);
        }

        float[] boundaries = BinBoundaries.Find(values, Bins, BinBoundaries.Sample(values.Length));
        for (int row = 0; row < cell.Length; row++)
        {
            int found = Array.BinarySearch(boundaries, values[row]);
            cell[row] = float.IsNaN(values[row]) ? Missing : 1 + (found >= 0 ? found + 1 : ~found);
        }

        return new ColumnCells(cell, boundaries.Length + 2, HasFewValues(values));
    }

    private static bool HasFewValues(ReadOnlySpan<float> values)
    {
        HashSet<float> distinct = [];
        foreach (float value in values)
        {
            if (!float.IsNaN(value) && distinct.Add(value) && distinct.Count > Bins)
            {
                return false;
            }
        }

        return true;
    }
}
