using System.Buffers.Binary;

namespace LeadPredict.Training.Train.History;

/// <summary>
/// The features of some thousand rows in as few bytes as they need, bit for bit: most columns are counts and codes and take a byte, others two,
/// those with other numbers four, and one that says the same of all rows none. Immutable; safe to share between threads.
/// </summary>
/// <remarks>Rows lie one after another, so that reading one touches few lines of memory.</remarks>
internal sealed class PackedFeatures
{
    /// <summary>The code of NaN in so many bytes; smaller ones are the whole numbers themselves.</summary>
    private const int MissingByte = byte.MaxValue;

    private const int MissingShort = ushort.MaxValue;

    private static readonly int MissingBits = BitConverter.SingleToInt32Bits(float.NaN);

    private readonly float[] _first;
    private readonly byte[] _widths;
    private readonly byte[] _bytes;
    private readonly int _stride;

    private PackedFeatures(float[] first, byte[] widths, int stride, int rows)
    {
        _first = first;
        _widths = widths;
        _stride = stride;
        _bytes = GC.AllocateUninitializedArray<byte>(stride * rows);
    }

    /// <summary>How many floats a row has.</summary>
    public int Columns => _widths.Length;

    /// <summary>How many bytes a row takes.</summary>
    public int BytesPerRow => _stride;

    /// <summary>Packs rows.</summary>
    /// <param name="rows">Row after row, each <paramref name="columns"/> long.</param>
    /// <param name="columns">How many floats a row has.</param>
    public static PackedFeatures Of(ReadOnlySpan<float> rows, int columns)
    {
        int count = columns == 0 ? 0 : rows.Length / columns;
        byte[] widths = WidthsOf(rows, columns);
        var packed = new PackedFeatures(
            count == 0 ? new float[columns] : rows[..columns].ToArray(), widths, widths.Sum(width => width), count);
        for (int row = 0; row < count; row++)
        {
            packed.Write(row, rows.Slice(row * columns, columns));
        }

        return packed;
    }

    /// <summary>Writes a row into <paramref name="destination"/>, which has room for <see cref="Columns"/> floats.</summary>
    public void CopyRow(int row, Span<float> destination)
    {
        ReadOnlySpan<byte> from = _bytes.AsSpan(row * _stride, _stride);
        byte[] widths = _widths;
        for (int column = 0; column < widths.Length; column++)
        {
            int width = widths[column];
            destination[column] = width switch
            {
                0 => _first[column],
                1 => from[0] == MissingByte ? float.NaN : from[0],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(from) is var code && code == MissingShort ? float.NaN : code,
                _ => BinaryPrimitives.ReadSingleLittleEndian(from),
            };
            from = from[width..];
        }
    }

    private void Write(int row, ReadOnlySpan<float> values)
    {
        Span<byte> to = _bytes.AsSpan(row * _stride, _stride);
        for (int column = 0; column < values.Length; column++)
        {
            int width = _widths[column];
            float value = values[column];
            switch (width)
            {
                case 1:
                    to[0] = float.IsNaN(value) ? (byte)MissingByte : (byte)value;
                    break;
                case 2:
                    BinaryPrimitives.WriteUInt16LittleEndian(to, float.IsNaN(value) ? (ushort)MissingShort : (ushort)value);
                    break;
                case 4:
                    BinaryPrimitives.WriteSingleLittleEndian(to, value);
                    break;
            }

            to = to[width..];
        }
    }

    private static byte[] WidthsOf(ReadOnlySpan<float> rows, int columns)
    {
        // The largest whole number of each column, MissingShort where a value is none.
        var most = new int[columns];
        var differs = new bool[columns];
        for (int start = 0; start < rows.Length; start += columns)
        {
            ReadOnlySpan<float> row = rows.Slice(start, columns);
            for (int column = 0; column < columns; column++)
            {
                int bits = BitConverter.SingleToInt32Bits(row[column]);
                int whole = (int)row[column];
                bool isWhole = (uint)whole < MissingShort && BitConverter.SingleToInt32Bits(whole) == bits;
                most[column] = Math.Max(most[column], isWhole ? whole : bits == MissingBits ? 0 : MissingShort);
                differs[column] |= bits != BitConverter.SingleToInt32Bits(rows[column]);
            }
        }

        var widths = new byte[columns];
        for (int column = 0; column < columns; column++)
        {
            widths[column] = (byte)(!differs[column] ? 0 : most[column] < MissingByte ? 1 : most[column] < MissingShort ? 2 : 4);
        }

        return widths;
    }
}
