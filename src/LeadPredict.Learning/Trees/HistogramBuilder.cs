using LeadPredict.Learning.Tables;
using System.Runtime.CompilerServices;
using LeadPredict.Learning.Binning;

namespace LeadPredict.Learning.Trees;

/// <summary>Adds up the rows of a node by bin, for the columns in use.</summary>
/// <remarks>Threads share out rows, each with a histogram of its own; sums of whole numbers do not depend on who adds up what.</remarks>
internal sealed class HistogramBuilder(BinnedTable table, SumScale scale, HistogramPool pool)
{
    private readonly HistogramPool _joint = new(table.Bundles.Sum(bundle => bundle.Size));

    /// <summary>Adds up a node.</summary>
    /// <param name="rows">The node's rows.</param>
    /// <param name="derivatives">By row of the table.</param>
    /// <param name="columns">The columns in use, in increasing order; the bins of others are 0.</param>
    /// <returns>From the pool.</returns>
    public Histogram Build(ReadOnlyMemory<int> rows, AlignedArray<RowDerivatives> derivatives, int[] columns)
    {
        bool[] used = new bool[table.Columns.Length];
        foreach (int column in columns)
        {
            used[column] = true;
        }

        // Which bytes of a row are added up: all but those of bundles without a column in use.
        int[][] places = [.. table.Blocks.Select(block => Enumerable.Range(0, block.Bundles.Length)
            .Where(place => Array.Exists(block.Bundles[place].Columns, column => used[column])).ToArray())];
        Histogram joint = AddUp(rows, derivatives, places);
        Histogram whole = pool.TakeEmpty();
        foreach (ColumnBundle bundle in table.Bundles)
        {
            Unbundle(bundle, used, joint.Bins.Slice(bundle.Offset, bundle.Size), whole.Bins);
        }

        _joint.Return(joint);
        return whole;
    }

    private Histogram AddUp(ReadOnlyMemory<int> rows, AlignedArray<RowDerivatives> derivatives, int[][] places)
    {
        Histogram sum = _joint.TakeEmpty();
        int chunks = RowChunks.Count(rows.Length);
        int workers = Math.Min(chunks, Environment.ProcessorCount);
        if (workers <= 1)
        {
            Add(rows.Span, derivatives, places, sum);
            return sum;
        }

        var parts = new Histogram?[workers];
        int next = -1;
        Parallel.For(0, workers, worker =>
        {
            for (int chunk; (chunk = Interlocked.Increment(ref next)) < chunks;)
            {
                int start = chunk * RowChunks.Length;
                parts[worker] ??= worker == 0 ? sum : _joint.TakeEmpty();
                Add(rows.Span[start..Math.Min(rows.Length, start + RowChunks.Length)], derivatives, places, parts[worker]!);
            }
        });
        foreach (Histogram? part in parts)
        {
            if (part is not null && part != sum)
            {
                sum.Add(part);
                _joint.Return(part);
            }
        }

        return sum;
    }

    private void Add(ReadOnlySpan<int> rows, AlignedArray<RowDerivatives> derivatives, int[][] places, Histogram joint)
    {
        for (int block = 0; block < places.Length; block++)
        {
            if (places[block].Length == table.Blocks[block].Bundles.Length)
            {
                HistogramKernel.AddAll(table.Blocks[block], rows, derivatives, scale, joint.Sums);
            }
            else
            {
                HistogramKernel.AddSome(table.Blocks[block], rows, derivatives, scale, places[block], joint.Sums);
            }
        }
    }

    /// <summary>Adds joint bins to the bins of the columns in use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Unbundle(ColumnBundle bundle, bool[] used, ReadOnlySpan<BinSum> joint, Span<BinSum> whole)
    {
        int step = 1;
        for (int i = 0; i < bundle.Columns.Length; i++)
        {
            int size = bundle.Sizes[i];
            Span<BinSum> bins = whole.Slice(table.Offsets[bundle.Columns[i]], size);
            for (int start = 0; start < joint.Length && used[bundle.Columns[i]];)
            {
                for (int bin = 0; bin < size; bin++)
                {
                    for (int end = start + step; start < end; start++)
                    {
                        bins[bin] += joint[start];
                    }
                }
            }

            step *= size;
        }
    }
}
