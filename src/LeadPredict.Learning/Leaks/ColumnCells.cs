using System.Buffers;
using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Leaks;

/// <summary>A column cut into cells: missing, then its categories, or about twenty quantile bins of its numbers.</summary>
internal sealed class ColumnCells
{
    /// <summary>The cell of rows without a value.</summary>
    public const int Missing = 0;

    private const int Bins = 20;

    /// <summary>Where stretches begin is told well enough by so many rows, taken at even steps.</summary>
    private const int MostSorted = 1 << 18;

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

        float[] starts = Starts(values, out bool areValues);
        for (int row = 0; row < cell.Length; row++)
        {
            // A value below all that were taken belongs to the first stretch.
            int found = float.IsNaN(values[row]) ? -1 : Array.BinarySearch(starts, values[row]);
            cell[row] = float.IsNaN(values[row]) ? Missing : found >= 0 ? found + 1 : Math.Min(Math.Max(1, ~found), starts.Length);
        }

        return new ColumnCells(cell, starts.Length + 1, areValues);
    }

    /// <summary>The first value of each bin, increasing: every value its own bin when there are few, else quantiles.</summary>
    private static float[] Starts(ReadOnlySpan<float> values, out bool areValues)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(Math.Min(values.Length, MostSorted));
        try
        {
            int known = EvenSample.Known(values, EvenSample.Step(values.Length, MostSorted), rented);
            Span<float> sorted = rented.AsSpan(0, known);
            FloatSort.Sort(sorted);
            return Starts(sorted, out areValues);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private static float[] Starts(Span<float> sorted, out bool areValues)
    {
        SortedSet<float> distinct = [];
        for (int i = 0; i < sorted.Length && distinct.Count <= Bins; i++)
        {
            distinct.Add(sorted[i]);
        }

        areValues = distinct.Count <= Bins;
        if (areValues)
        {
            return [.. distinct];
        }

        SortedSet<float> starts = [];
        for (int bin = 0; bin < Bins; bin++)
        {
            starts.Add(sorted[(int)((long)sorted.Length * bin / Bins)]);
        }

        return [.. starts];
    }
}
