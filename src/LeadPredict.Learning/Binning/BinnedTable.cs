using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Binning;

/// <summary>
/// A feature table with every value replaced by the number of its bin, one byte each; kept twice, by column to part the rows of a node, and
/// by row in blocks of bundles to add them up.
/// </summary>
internal sealed class BinnedTable
{
    private const int RowsAtOnce = 1 << 14;

    /// <summary>How many bins all numbers together may have for each row, and how many each column has in any case.</summary>
    private const int BinsARow = 128, FewestBins = 32;

    private readonly byte[][] _bins;

    private BinnedTable(ColumnBins[] columns, byte[][] bins, int rowCount)
    {
        Columns = columns;
        _bins = bins;
        RowCount = rowCount;
        Offsets = new int[columns.Length + 1];
        for (int column = 0; column < columns.Length; column++)
        {
            Offsets[column + 1] = Offsets[column] + columns[column].Count + 1;
        }

        Bundles = ColumnBundle.Of(columns);
        Blocks = [.. Bundles.Chunk(ColumnBlock.WidthFor(rowCount)).Select(bundles => new ColumnBlock(bundles, rowCount))];
        Parallel.For(0, (rowCount + RowsAtOnce - 1) / RowsAtOnce, chunk =>
        {
            foreach (ColumnBlock block in Blocks)
            {
                block.Fill(_bins, chunk * RowsAtOnce, Math.Min(rowCount, (chunk + 1) * RowsAtOnce));
            }
        });
    }

    public ColumnBins[] Columns { get; }

    public int RowCount { get; }

    /// <summary>Where the bins of each column start in a histogram of all columns; one element more says how many bins there are in all.</summary>
    public int[] Offsets { get; }

    /// <summary>All columns, those with few bins together.</summary>
    public ColumnBundle[] Bundles { get; }

    /// <summary>The joint bins of the bundles by row.</summary>
    public ColumnBlock[] Blocks { get; }

    /// <summary>Learns bins from the table and puts its values into them.</summary>
    public static BinnedTable Of(FeatureTable table)
    {
        var columns = new ColumnBins[table.Columns.Count];
        var bins = new byte[columns.Length][];
        int[]? sample = BinBoundaries.Sample(table.RowCount);
        int most = MostBins(table);
        Parallel.For(0, columns.Length, column =>
        {
            ReadOnlySpan<float> values = table.Column(column);
            var learnt = ColumnBins.Learn(table.Columns[column], values, most, sample);
            byte[] binned = GC.AllocateUninitializedArray<byte>(values.Length);
            learnt.Fill(values, binned);
            columns[column] = learnt;
            bins[column] = binned;
        });
        return new BinnedTable(columns, bins, table.RowCount);
    }

    /// <summary>
    /// How many bins a number has at most: a table that is wider than long has so many columns to ask that it loses nothing by a coarser question, and each node of a tree looks at
    /// all bins of all columns, however few rows it has.
    /// </summary>
    private static int MostBins(FeatureTable table)
    {
        long numbers = Math.Max(1, table.Columns.Count(column => column.Kind == ColumnKind.Numeric));
        return (int)Math.Clamp((long)BinsARow * table.RowCount / numbers, FewestBins, ColumnBins.MaxBins);
    }

    /// <summary>The bins of one column, one a row.</summary>
    public ReadOnlySpan<byte> Column(int column) => _bins[column];
}
