using System.Runtime.CompilerServices;
using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Trees;

/// <summary>Adds up the rows of a node by bin, for the columns in use.</summary>
/// <remarks>
/// Threads share out rows, each with sums of its own; sums of whole numbers do not depend on who adds up what. Then they share out bundles of
/// columns, to bring the sums together.
/// </remarks>
internal sealed class HistogramBuilder(BinnedTable table, SumScale scale, HistogramPool pool, ThreadCrew? crew = null)
{
    /// <summary>Some tens of microseconds of work.</summary>
    private const int RowsAtOnce = 2048;

    private readonly ThreadCrew _crew = crew ?? new ThreadCrew(1);
    private readonly JointSums?[] _parts = new JointSums?[crew?.Threads ?? 1];
    private readonly bool[] _used = new bool[table.Columns.Length];
    private int[] _columns = [];
    private int[][] _places = [];

    /// <summary>Adds up a node.</summary>
    /// <param name="rows">The node's rows.</param>
    /// <param name="derivatives">By row of the table.</param>
    /// <param name="columns">The columns in use, in increasing order; the bins of others are 0.</param>
    /// <param name="finished">Called with the histogram and a column in use as soon as its bins are there, from any thread; or null.</param>
    /// <returns>From the pool.</returns>
    public Histogram Build(
        ReadOnlyMemory<int> rows, AlignedArray<RowDerivatives> derivatives, int[] columns, Action<Histogram, int>? finished = null)
    {
        Use(columns);
        _crew.Run((rows.Length + RowsAtOnce - 1) / RowsAtOnce, (worker, chunk) =>
        {
            int start = chunk * RowsAtOnce;
            (_parts[worker] ??= new JointSums(table, scale)).Add(
                rows.Span[start..Math.Min(rows.Length, start + RowsAtOnce)], derivatives, _places);
        });
        JointSums[] parts = [.. _parts.OfType<JointSums>().Where(part => part.HasSums)];
        Histogram whole = pool.Take();
        _crew.Run(table.Bundles.Length, (_, index) =>
        {
            ColumnBundle bundle = table.Bundles[index];
            Gather(bundle, parts, whole.Bins);
            for (int i = 0; finished is not null && i < bundle.Columns.Length; i++)
            {
                if (_used[bundle.Columns[i]])
                {
                    finished(whole, bundle.Columns[i]);
                }
            }
        });
        foreach (JointSums part in parts)
        {
            part.Emptied();
        }

        return whole;
    }

    /// <summary>Which bytes of a row are added up: all but those of bundles without a column in use.</summary>
    private void Use(int[] columns)
    {
        if (columns == _columns && _places.Length > 0)
        {
            return;
        }

        _columns = columns;
        Array.Clear(_used);
        foreach (int column in columns)
        {
            _used[column] = true;
        }

        _places = [.. table.Blocks.Select(block => Enumerable.Range(0, block.Bundles.Length)
            .Where(place => Array.Exists(block.Bundles[place].Columns, column => _used[column])).ToArray())];
    }

    /// <summary>Brings the parts of a bundle together, empties them, and adds joint bins to the bins of the columns in use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(ColumnBundle bundle, JointSums[] parts, Span<BinSum> whole)
    {
        Span<BinSum> joint = parts.Length > 0 ? parts[0].Of(bundle) : default;
        for (int part = 1; part < parts.Length; part++)
        {
            Span<BinSum> more = parts[part].Of(bundle);
            for (int bin = 0; bin < joint.Length; bin++)
            {
                joint[bin] += more[bin];
            }

            more.Clear();
        }

        int step = 1;
        for (int i = 0; i < bundle.Columns.Length; i++)
        {
            int size = bundle.Sizes[i];
            Span<BinSum> bins = whole.Slice(table.Offsets[bundle.Columns[i]], size);
            if (bundle.Columns.Length == 1 && joint.Length == size && _used[bundle.Columns[i]])
            {
                joint.CopyTo(bins);
                break;
            }

            bins.Clear();
            for (int start = 0; start < joint.Length && _used[bundle.Columns[i]];)
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

        joint.Clear();
    }
}
