using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Binning;

/// <summary>A feature table with every value replaced by the number of its bin, one byte each, column-major.</summary>
internal sealed class BinnedTable
{
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
    }

    public ColumnBins[] Columns { get; }

    public int RowCount { get; }

    /// <summary>Where the bins of each column start in a histogram of all columns; one element more says how many bins there are in all.</summary>
    public int[] Offsets { get; }

    /// <summary>Learns bins from the table and puts its values into them.</summary>
    public static BinnedTable Of(FeatureTable table)
    {
        var columns = new ColumnBins[table.Columns.Count];
        var bins = new byte[columns.Length][];
        Parallel.For(0, columns.Length, column =>
        {
            ReadOnlySpan<float> values = table.Column(column);
            var learnt = ColumnBins.Learn(table.Columns[column], values);
            var binned = new byte[values.Length];
            for (int row = 0; row < binned.Length; row++)
            {
                binned[row] = (byte)learnt.BinOf(values[row]);
            }

            columns[column] = learnt;
            bins[column] = binned;
        });
        return new BinnedTable(columns, bins, table.RowCount);
    }

    /// <summary>The bins of one column, one a row.</summary>
    public ReadOnlySpan<byte> Column(int column) => _bins[column];

    /// <summary>The bin of one value.</summary>
    public byte Bin(int column, int row) => _bins[column][row];
}
