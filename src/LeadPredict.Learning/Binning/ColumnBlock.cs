using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Binning;

/// <summary>
/// The joint bins of some bundles of columns, row after row: to add a row up takes one cache line for all of them, however few rows a node has.
/// </summary>
internal sealed class ColumnBlock
{
    /// <summary>With 256 bins each, the histogram of so many bundles still lies in a second-level cache.</summary>
    private const int MostBundles = 32;

    private const int MostBytes = 1 << 30;
    private const int RowsAtOnce = 256;
    private readonly AlignedArray<byte> _bins;

    public ColumnBlock(ColumnBundle[] bundles, int rowCount)
    {
        Bundles = bundles;
        Stride = bundles.Length < 4 ? bundles.Length : (bundles.Length + 3) & ~3;
        _bins = new AlignedArray<byte>(Stride * rowCount);
    }

    /// <summary>What lies in a row, one byte each.</summary>
    public ColumnBundle[] Bundles { get; }

    /// <summary>How many bytes a row takes: the bundles, and a few to spare.</summary>
    public int Stride { get; }

    /// <summary>Row after row, <see cref="Stride"/> bytes each.</summary>
    public AlignedArray<byte> Bins => _bins;

    /// <summary>How many bundles a block of a table with so many rows can have.</summary>
    public static int WidthFor(int rowCount) =>
        (long)rowCount * MostBundles <= MostBytes ? MostBundles : (long)rowCount * 8 <= MostBytes ? 8 : 1;

    /// <summary>Copies the rows from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public void Fill(byte[][] columns, int start, int end)
    {
        Span<byte> to = _bins.Span;
        Span<byte> joint = stackalloc byte[RowsAtOnce];
        for (int row = start; row < end; row += RowsAtOnce)
        {
            // Few rows at a time, so that what is written stays near until its line is full.
            Span<byte> from = joint[..Math.Min(RowsAtOnce, end - row)];
            for (int place = 0; place < Bundles.Length; place++)
            {
                Bundles[place].Fill(columns, row, from);
                int at = (row * Stride) + place;
                foreach (byte bin in from)
                {
                    to[at] = bin;
                    at += Stride;
                }
            }
        }
    }
}
