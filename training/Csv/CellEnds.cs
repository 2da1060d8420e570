using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadPredict.Training.Csv;

/// <summary>
/// Where the cells of some rows end, found 64 bytes at a time (Langdale and Lemire, "Parsing gigabytes of JSON per second", 2019), so that the cells of a column can
/// be read one below the other. For one thread at a time.
/// </summary>
/// <param name="columns">How many cells a row has.</param>
/// <param name="delimiter">What parts them.</param>
internal sealed class CellEnds(int columns, byte delimiter)
{
    /// <summary>So many that they and their bytes lie in the processor's second cache.</summary>
    private const int MostCells = 1 << 14;

    // What is found in 64 bytes is written eight at a time.
    private readonly int[] _ends = new int[Math.Max(MostCells, columns) + 1 + (2 * 64)];

    /// <summary>How many rows are looked at together.</summary>
    public int MostRows { get; } = Math.Max(1, MostCells / columns);

    /// <summary>Cell <c>i</c> begins after the place at <c>i</c> and ends at the place at <c>i + 1</c>; a carriage return before a line end counts to the cell.</summary>
    public ReadOnlySpan<int> Places => _ends;

    /// <summary>Looks for the ends of all cells of the next rows.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="at">Where the first row begins.</param>
    /// <param name="rows">How many, at most <see cref="MostRows"/>.</param>
    /// <returns>False where a cell is quoted or a row has more cells or fewer: such rows are read cell by cell.</returns>
    public bool TryFind(ReadOnlySpan<byte> bytes, int at, int rows)
    {
        int wanted = rows * columns;
        ref byte from = ref MemoryMarshal.GetReference(bytes);
        Span<int> ends = _ends;
        ends[0] = at - 1;
        int count = 1;
        var delimiters = Vector256.Create(delimiter);
        var lines = Vector256.Create((byte)'\n');
        var quotes = Vector256.Create((byte)'"');
        Vector256<byte> quoted = Vector256<byte>.Zero;
        int i = at;
        for (; count <= wanted && i <= bytes.Length - 64; i += 64)
        {
            Vector256<byte> low = Vector256.LoadUnsafe(ref from, (nuint)i);
            Vector256<byte> high = Vector256.LoadUnsafe(ref from, (nuint)i + 32);
            quoted |= Vector256.Equals(low, quotes) | Vector256.Equals(high, quotes);
            ulong found = (Vector256.Equals(low, delimiters) | Vector256.Equals(low, lines)).ExtractMostSignificantBits()
                | ((ulong)(Vector256.Equals(high, delimiters) | Vector256.Equals(high, lines)).ExtractMostSignificantBits() << 32);
            int next = count + BitOperations.PopCount(found);
            do
            {
                Span<int> eight = ends.Slice(count, 8);
                for (int k = 0; k < 8; k++)
                {
                    eight[k] = i + BitOperations.TrailingZeroCount(found);
                    found &= found - 1;
                }

                count += 8;
            }
            while (count < next);
            count = next;
        }

        bool hasQuote = quoted != Vector256<byte>.Zero;
        for (; count <= wanted && i < bytes.Length; i++)
        {
            byte next = bytes[i];
            hasQuote |= next == '"';
            if (next == delimiter || next == '\n')
            {
                ends[count++] = i;
            }
        }

        return !hasQuote && count > wanted && HasLineEnds(bytes, at, rows);
    }

    /// <summary>Whether each row ends with a line end, and no other cell does.</summary>
    private bool HasLineEnds(ReadOnlySpan<byte> bytes, int at, int rows)
    {
        for (int row = 1; row <= rows; row++)
        {
            if (bytes[_ends[row * columns]] != '\n')
            {
                return false;
            }
        }

        return bytes[at..(_ends[rows * columns] + 1)].Count((byte)'\n') == rows;
    }
}
