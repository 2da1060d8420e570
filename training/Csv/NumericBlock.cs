using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace LeadPredict.Training.Csv;

/// <summary>The rows of a file of numbers that begin in <c>[start, end)</c>.</summary>
/// <param name="file">The file.</param>
/// <param name="start">The first byte.</param>
/// <param name="end">The byte after the last.</param>
/// <param name="length">The file's length.</param>
internal readonly struct NumericBlock(SafeFileHandle file, long start, long end, long length)
{
    /// <summary>A row longer than this is left to the other reader.</summary>
    private const int LongestRow = 1 << 16;

    /// <summary>Where the line after the header begins, or null when the header has quotes or is not UTF-8.</summary>
    public static long? HeaderEnd(SafeFileHandle file)
    {
        var bytes = new byte[LongestRow];
        ReadOnlySpan<byte> text = bytes.AsSpan(0, RandomAccess.Read(file, bytes, 0));
        int end = text.IndexOf((byte)'\n');
        return end < 0 || text[..end].IndexOfAny((ReadOnlySpan<byte>)[(byte)'"', 0, 0xFE, 0xFF]) >= 0 || text[..end].Trim((byte)'\r').IsEmpty
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

    /// <summary>Reads the rows; false when one is not for this reader.</summary>
    /// <param name="values">The columns wanted; null for others.</param>
    /// <param name="labels">Filled in.</param>
    /// <param name="label">The label's column.</param>
    /// <param name="firstRow">The number of the first row that begins here.</param>
    /// <param name="endRow">The number of the first row of the next block.</param>
    /// <param name="delimiter">What parts the cells.</param>
    /// <param name="missing">The words that mean missing.</param>
    /// <param name="tallies">One a column; added to.</param>
    public bool Read(
        float[]?[] values, byte[] labels, int label, int firstRow, int endRow, byte delimiter, byte[][] missing, NumberTally[] tallies)
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
            var cells = new NumericCells(bytes, delimiter, missing);
            for (int row = firstRow; row < endRow; row++)
            {
                for (int column = 0; column < values.Length; column++)
                {
                    bool last = column == values.Length - 1;
                    if (column == label)
                    {
                        if (!cells.TryLabel(ref at, last, out labels[row]))
                        {
                            return false;
                        }
                    }
                    else if (values[column] is { } to)
                    {
                        if (!cells.TryNumber(ref at, last, ref tallies[column], out double number))
                        {
                            return false;
                        }

                        to[row] = (float)Math.Clamp(number, float.MinValue, float.MaxValue);
                    }
                    else if (!cells.TrySkip(ref at, last))
                    {
                        return false;
                    }
                }
            }

            return true;
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
