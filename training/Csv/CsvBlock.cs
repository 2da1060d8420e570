using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace LeadPredict.Training.Csv;

/// <summary>The rows of a file that begin in <c>[start, end)</c>.</summary>
/// <param name="file">The file.</param>
/// <param name="start">The first byte.</param>
/// <param name="end">The byte after the last.</param>
/// <param name="length">The file's length.</param>
internal readonly struct CsvBlock(SafeFileHandle file, long start, long end, long length)
{
    /// <summary>Read whole.</summary>
    public const int Done = -1;

    /// <summary>A row is not for this reader.</summary>
    public const int NotForThisReader = -2;

    /// <summary>A row longer than this is left to the other reader.</summary>
    private const int LongestRow = 1 << 16;

    /// <summary>Where the line after the header begins, or null when the header is not plain UTF-8 on one line.</summary>
    public static long? HeaderEnd(SafeFileHandle file)
    {
        var bytes = new byte[LongestRow];
        ReadOnlySpan<byte> text = bytes.AsSpan(0, RandomAccess.Read(file, bytes, 0));
        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> first = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        if (first.Length >= 4 && Ascii.EqualsIgnoreCase(first[..4], "sep="u8))
        {
            return null; // spreadsheets name the delimiter before the header
        }

        // The general reader ends lines at \r too.
        return end < 0 || text[..end].IndexOf((byte)'\r') is >= 0 and var at && at < end - 1 || text[..end].IndexOfAny((ReadOnlySpan<byte>)[0, 0xFE, 0xFF]) >= 0 || text[..end].Trim((byte)'\r').IsEmpty
            || text[..end].Count((byte)'"') % 2 != 0
            ? null
            : end + 1;
    }

    /// <summary>How many rows begin here; blank lines count, but are refused later.</summary>
    public int CountRows()
    {
        int wanted = (int)(end - start);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(wanted);

        // A row begins after each line end; the line end of the last byte belongs to the next block.
        int rows = Fill(buffer, wanted).Count((byte)'\n');
        ArrayPool<byte>.Shared.Return(buffer);
        return rows;
    }

    /// <summary>Reads the rows.</summary>
    /// <param name="to">Where the cells go.</param>
    /// <param name="texts">One a column of texts; added to.</param>
    /// <param name="tallies">One a column; added to.</param>
    /// <param name="firstRow">The number of the first row that begins here.</param>
    /// <param name="endRow">The number of the first row of the next block.</param>
    /// <param name="delimiter">What parts the cells.</param>
    /// <param name="missing">The words that mean missing.</param>
    /// <returns><see cref="Done"/>, <see cref="NotForThisReader"/>, or the column that holds something else than numbers.</returns>
    public int Read(
        ColumnCells to, TextDictionary[] texts, NumberTally[] tallies, int firstRow, int endRow, byte delimiter, byte[][] missing)
    {
        int wanted = (int)(end - start) + 1 + LongestRow;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(wanted + 2);
        try
        {
            Span<byte> bytes = Fill(buffer, wanted);
            if (start - 1 + bytes.Length >= length && bytes[^1] != '\n')
            {
                bytes = buffer.AsSpan(0, bytes.Length + 1);
                bytes[^1] = (byte)'\n';
            }

            // Past the last line end nothing is read, so that every cell ends before the bytes do.
            bytes = bytes[..(bytes.LastIndexOf((byte)'\n') + 1)];
            int at = bytes.IndexOf((byte)'\n') + 1;
            int first = at;
            var rows = new BlockRows(bytes, delimiter, missing, to, texts, tallies);
            var ends = new CellEnds(to.Uses.Length, delimiter);
            for (int row = firstRow; row < endRow;)
            {
                int next = Math.Min(endRow, row + ends.MostRows);
                int found = ends.TryFind(bytes, at, next - row) ? rows.ReadByColumn(ref at, row, next, ends.Places) : rows.ReadByRow(ref at, row, next);
                if (found != Done)
                {
                    return found;
                }

                row = next;
            }

            return Utf8.IsValid(bytes[first..at]) ? Done : NotForThisReader;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads from the byte before the first.</summary>
    private Span<byte> Fill(byte[] buffer, int wanted)
    {
        int count = 0;
        while (count < wanted && RandomAccess.Read(file, buffer.AsSpan(count, wanted - count), start - 1 + count) is > 0 and var read)
        {
            count += read;
        }

        return buffer.AsSpan(0, count);
    }
}
