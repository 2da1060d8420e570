using LeadPredict.Learning.Binning;

namespace LeadPredict.Learning.Trees;

/// <summary>Adds up the rows of a node by bin, for all columns in use.</summary>
/// <remarks>Threads share out columns, never rows, so that sums do not depend on how many threads there are.</remarks>
internal sealed class HistogramBuilder(BinnedTable table)
{
    /// <summary>Below this many bin updates a thread costs more than it saves.</summary>
    private const long WorthThreads = 200_000;

    private readonly float[] _gradients = new float[table.RowCount];
    private readonly float[] _hessians = new float[table.RowCount];

    /// <summary>The number of bins in a histogram of all columns.</summary>
    public int Length => table.Offsets[^1];

    /// <summary>Overwrites <paramref name="histogram"/> for the columns named.</summary>
    /// <param name="rows">The node's rows.</param>
    /// <param name="gradients">By row of the table.</param>
    /// <param name="hessians">By row of the table.</param>
    /// <param name="columns">The columns in use.</param>
    /// <param name="histogram">Laid out by <see cref="BinnedTable.Offsets"/>.</param>
    public void Build(ReadOnlyMemory<int> rows, float[] gradients, float[] hessians, int[] columns, HistogramBin[] histogram)
    {
        ReadOnlySpan<int> all = rows.Span;
        for (int i = 0; i < all.Length; i++)
        {
            // Gathered once, then read in order by every column.
            _gradients[i] = gradients[all[i]];
            _hessians[i] = hessians[all[i]];
        }

        if ((long)all.Length * columns.Length < WorthThreads)
        {
            foreach (int column in columns)
            {
                BuildColumn(rows.Span, column, histogram);
            }
        }
        else
        {
            Parallel.For(0, columns.Length, i => BuildColumn(rows.Span, columns[i], histogram));
        }
    }

    /// <summary>Turns a parent's histogram into that of one child, given the other child's.</summary>
    public void Subtract(HistogramBin[] parent, HistogramBin[] child, int[] columns)
    {
        foreach (int column in columns)
        {
            for (int bin = table.Offsets[column]; bin < table.Offsets[column + 1]; bin++)
            {
                parent[bin] = parent[bin].Minus(child[bin]);
            }
        }
    }

    private void BuildColumn(ReadOnlySpan<int> rows, int column, HistogramBin[] histogram)
    {
        int start = table.Offsets[column];
        Span<HistogramBin> bins = histogram.AsSpan(start, table.Offsets[column + 1] - start);
        bins.Clear();
        ReadOnlySpan<byte> binOfRow = table.Column(column);
        ReadOnlySpan<float> gradients = _gradients.AsSpan(0, rows.Length);
        ReadOnlySpan<float> hessians = _hessians.AsSpan(0, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            ref HistogramBin bin = ref bins[binOfRow[rows[i]]];
            bin.Gradient += gradients[i];
            bin.Hessian += hessians[i];
            bin.Count++;
        }
    }
}
