using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Binning;

namespace LeadPredict.Learning.Trees;

/// <summary>Adds up the rows of a node by bin, for the columns in use.</summary>
/// <remarks>Threads share out rows, each with a histogram of its own; sums of whole numbers do not depend on who adds up what.</remarks>
internal sealed class HistogramBuilder(BinnedTable table, HistogramPool pool)
{
    /// <summary>Adds up a node.</summary>
    /// <param name="rows">The node's rows.</param>
    /// <param name="derivatives">By row of the table.</param>
    /// <param name="columns">The columns in use, in increasing order; the bins of others are 0.</param>
    /// <returns>From the pool.</returns>
    public Histogram Build(ReadOnlyMemory<int> rows, AlignedArray<BinSum> derivatives, int[] columns)
    {
        Histogram whole = pool.TakeEmpty();
        int chunks = RowChunks.Count(rows.Length);
        int workers = Math.Min(chunks, Environment.ProcessorCount);
        if (workers <= 1)
        {
            Add(rows.Span, derivatives, columns, whole);
            return whole;
        }

        var parts = new Histogram?[workers];
        int next = -1;
        Parallel.For(0, workers, worker =>
        {
            for (int chunk; (chunk = Interlocked.Increment(ref next)) < chunks;)
            {
                int start = chunk * RowChunks.Length;
                parts[worker] ??= worker == 0 ? whole : pool.TakeEmpty();
                Add(rows.Span[start..Math.Min(rows.Length, start + RowChunks.Length)], derivatives, columns, parts[worker]!);
            }
        });
        foreach (Histogram? part in parts)
        {
            if (part is not null && part != whole)
            {
                whole.Add(part);
                pool.Return(part);
            }
        }

        return whole;
    }

    private void Add(ReadOnlySpan<int> rows, AlignedArray<BinSum> derivatives, int[] columns, Histogram histogram)
    {
        foreach (ColumnBlock block in table.Blocks)
        {
            if (columns.Length == table.Columns.Length)
            {
                HistogramKernel.AddAll(block, rows, derivatives, table.Offsets.AsSpan(block.First, block.Count), histogram.Sums);
            }
            else
            {
                HistogramKernel.AddSome(block, rows, derivatives, Places(block, columns), table.Offsets.AsSpan(block.First, block.Count), histogram.Sums);
            }
        }
    }

    private static int[] Places(ColumnBlock block, int[] columns) =>
        [.. columns.Where(column => column >= block.First && column < block.First + block.Count).Select(column => column - block.First)];
}
