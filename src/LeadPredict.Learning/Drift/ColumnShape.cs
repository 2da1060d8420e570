using System.Collections.Immutable;
using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Drift;

/// <summary>How the training values of a column were spread: what later values are held against.</summary>
/// <param name="Name">The column.</param>
/// <param name="Edges">Where the bins of a numeric column part: values below the first edge, then those from each edge on; empty for a categorical column.</param>
/// <param name="Shares">The share of rows in each bin or of each code, then that of missing values; they sum to 1.</param>
public sealed record ColumnShape(string Name, ImmutableArray<float> Edges, ImmutableArray<double> Shares)
{
    private const int Bins = 10;

    /// <summary>Quantiles of so many rows are sharp enough; they are taken at even steps.</summary>
    private const int MostRows = 100_000;

    /// <summary>Whether a numeric column had one value in training: then less is the first place, the value the second, and more the third.</summary>
    public bool IsOneValue => Edges.Length == 2 && Edges[1] == MathF.BitIncrement(Edges[0]);

    /// <summary>The shapes of all columns of a table.</summary>
    public static ImmutableArray<ColumnShape> Of(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var sample = new float[Math.Min(table.RowCount, MostRows)];
        return [.. Enumerable.Range(0, table.Columns.Count).Select(column => Of(table.Columns[column], table.Column(column), sample))];
    }

    /// <summary>The place of a value among <see cref="Shares"/>; a code beyond them counts as missing.</summary>
    public int PlaceOf(float value)
    {
        int missing = Shares.Length - 1;
        if (float.IsNaN(value))
        {
            return missing;
        }

        if (missing > 0 && Edges.IsEmpty)
        {
            return value >= 0 && value < missing ? (int)value : missing;
        }

        int at = Edges.AsSpan().BinarySearch(value);
        return at >= 0 ? at + 1 : ~at;
    }

    private static ColumnShape Of(FeatureColumn column, ReadOnlySpan<float> values, Span<float> sample)
    {
        int step = EvenSample.Step(values.Length, MostRows);
        int known = EvenSample.Known(values, step, sample);
        int taken = (values.Length + step - 1) / step;

        // A numeric column always has an edge, so that no edge means a categorical one.
        ImmutableArray<float> edges = column.Kind == ColumnKind.Categorical ? [] : EdgesOf(sample[..known]);
        int places = column.Kind == ColumnKind.Categorical ? column.Cardinality : edges.Length + 1;
        var empty = new ColumnShape(column.Name, edges, [.. new double[places + 1]]);
        var counts = new int[places + 1];
        counts[places] = taken - known;
        foreach (float value in sample[..known])
        {
            counts[empty.PlaceOf(value)]++;
        }

        return empty with { Shares = [.. counts.Select(count => count / (double)Math.Max(taken, 1))] };
    }

    /// <summary>Values at which bins begin; one that many rows have is alone in its bin, so that the rare others of a column of zeros are told apart.</summary>
    private static ImmutableArray<float> EdgesOf(Span<float> known)
    {
        if (known.IsEmpty)
        {
            return [0];
        }

        FloatSort.Sort(known);
        float[] boundaries = BinBoundaries.Find(known, Bins);
        if (boundaries.Length > 0)
        {
            var edges = new float[boundaries.Length];
            for (int i = 0; i < edges.Length; i++)
            {
                int at = known.BinarySearch(boundaries[i]);
                edges[i] = at >= 0 ? boundaries[i] : known[~at];
            }

            return [.. edges];
        }

        // One value: less and more are places of their own, as either would be news.
        float above = MathF.BitIncrement(known[0]);
        return float.IsFinite(above) ? [known[0], above] : [known[0]];
    }
}
