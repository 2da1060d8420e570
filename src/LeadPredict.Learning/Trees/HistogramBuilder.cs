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
    private const int MostRowsAtOnce = 2048;

    /// <summary>So few that handing them out still costs little beside adding them up.</summary>
    private const int FewestRowsAtOnce = 256;

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

        // Some pieces for each thread, so that all have done at about the same time.
        int rowsAtOnce = Math.Clamp(rows.Length / (4 * _crew.Threads), FewestRowsAtOnce, MostRowsAtOnce);
        _crew.Run((rows.Length + rowsAtOnce - 1) / rowsAtOnce, (worker, chunk) =>
        {
            int start = chunk * rowsAtOnce;
            (_parts[worker] ??= new JointSums(table, scale)).Add(
                rows.Span[start..Math.Min(rows.Length, start + rowsAtOnce)], derivatives, _places);
        });
        Histogram whole = pool.Take();
        _crew.Run(table.Bundles.Length, (_, index) =>
        {
            ColumnBundle bundle = table.Bundles[index];
            Gather(bundle, whole.Bins);
            for (int i = 0; finished is not null && i < bundle.Columns.Length; i++)
            {
                if (_used[bundle.Columns[i]])
                {
                    finished(whole, bundle.Columns[i]);
                }
            }
        });
        foreach (JointSums? part in _parts)
        {
            part?.Emptied();
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
    private void Gather(ColumnBundle bundle, Span<BinSum> whole)
    {
        bool single = bundle.Columns.Length == 1 && _used[bundle.Columns[0]];
        Span<BinSum> joint = single
            ? whole.Slice(table.Offsets[bundle.Columns[0]], bundle.Size)
            : stackalloc BinSum[ColumnBundle.MostJointBins];
        joint = joint[..bundle.Size];
        joint.Clear();
        foreach (JointSums? part in _parts)
        {
            part?.MoveTo(bundle, joint);
        }

        int step = 1;
        for (int i = 0; !single && i < bundle.Columns.Length; i++)
        {
            int size = bundle.Sizes[i];
            Span<BinSum> bins = whole.Slice(table.Offsets[bundle.Columns[i]], size);
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
    }
}
