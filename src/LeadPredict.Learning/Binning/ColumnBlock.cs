using System.Runtime.CompilerServices;

using LeadPredict.Learning.Tables;
namespace LeadPredict.Learning.Binning;

/// <summary>
/// The bins of some neighbouring columns, row after row: to add a row up takes one cache line for all of them, however few rows a node has.
/// </summary>
internal sealed class ColumnBlock
{
    /// <summary>With 255 bins each, the histogram of so many columns still lies in a second-level cache.</summary>
    private const int MostColumns = 32;

    private const int MostBytes = 1 << 30;
    private const int RowsAtOnce = 128;
    private readonly AlignedArray<byte> _bins;

    public ColumnBlock(int first, int count, int rowCount)
    {
        First = first;
        Count = count;
        Stride = count == 1 ? 1 : (count + 7) & ~7;
        _bins = new AlignedArray<byte>(Stride * rowCount);
    }

    /// <summary>The first column.</summary>
    public int First { get; }

    /// <summary>The number of columns.</summary>
    public int Count { get; }

    /// <summary>How many bytes a row takes: the columns, and a few to spare.</summary>
    public int Stride { get; }

    /// <summary>Row after row, <see cref="Stride"/> bytes each.</summary>
    public AlignedArray<byte> Bins => _bins;

    /// <summary>How many columns a block of a table with so many rows can have.</summary>
    public static int WidthFor(int rowCount) =>
        (long)rowCount * MostColumns <= MostBytes ? MostColumns : (long)rowCount * 8 <= MostBytes ? 8 : 1;

    /// <summary>Copies the rows from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(byte[][] columns, int start, int end)
    {
        Span<byte> to = _bins.Span;
        for (int row = start; row < end; row += RowsAtOnce)
        {
            // Few rows at a time, so that what is written stays near until its line is full.
            int last = Math.Min(end, row + RowsAtOnce);
            for (int place = 0; place < Count; place++)
            {
                ReadOnlySpan<byte> from = columns[First + place].AsSpan(row, last - row);
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
