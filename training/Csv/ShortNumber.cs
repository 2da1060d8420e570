using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeadPredict.Training.Csv;

/// <summary>Reads the number of a cell of up to eight characters and a minus, all at once; <see cref="NumberCell"/> reads the others, to the same bits.</summary>
internal static class ShortNumber
{
    private const ulong Ones = 0x0101_0101_0101_0101;
    private const ulong HighBits = 0x8080_8080_8080_8080;

    /// <summary>A point, after digits have become 0 to 9.</summary>
    private const ulong Point = '.' ^ '0';

    private static ReadOnlySpan<double> PowersOfTen => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    /// <summary>Reads a cell of digits with at most one point between them and a minus before them.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="start">Where the cell begins.</param>
    /// <param name="end">The place after its last byte.</param>
    /// <param name="number">The number.</param>
    /// <param name="shape">How it was written.</param>
    /// <returns>Whether all of the cell is such a number; otherwise nothing is known of it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> bytes, int start, int end, out double number, out NumberShapes shape)
    {
        ref byte from = ref MemoryMarshal.GetReference(bytes);
        number = 0;
        shape = NumberShapes.Other;
        bool negative = Unsafe.Add(ref from, start) == '-';
        int first = start + (negative ? 1 : 0);
        int whole = end - first;
        if ((uint)(whole - 1) >= sizeof(ulong) || end < sizeof(ulong) || !BitConverter.IsLittleEndian)
        {
            return false;
        }

        // The eight bytes that end with the cell; digits become 0 to 9, and what stands before the cell 0.
        ulong eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, end - sizeof(ulong))) ^ (Ones * '0');
        eight &= ulong.MaxValue << (64 - (8 * whole));
        ulong unlike = eight ^ (Ones * Point);
        ulong points = ~(((unlike & ~HighBits) + ~HighBits) | unlike) & HighBits;
        int decimals = 0;
        if (points != 0)
        {
            // What stands before the point moves into its place; a second point stays, and is no digit.
            int place = BitOperations.TrailingZeroCount(points) & ~7;
            ulong before = (1UL << place) - 1;
            eight = (eight & ~((before << 8) | 0xFF)) | ((eight & before) << 8);
            decimals = 7 - (place / 8);
            whole -= decimals + 1;
            if (decimals == 0 || whole == 0)
            {
                return false;
            }
        }

        if ((((eight + (Ones * 0x76)) | eight) & HighBits) != 0)
        {
            return false;
        }

        // Twos, fours and eights are put together (Lemire, "Quickly parsing eight digits", 2018).
        eight = ((eight * 2561) >> 8) & 0x00FF_00FF_00FF_00FF;
        eight = ((eight * 6_553_601) >> 16) & 0x0000_FFFF_0000_FFFF;
        long digits = (long)((eight * 42_949_672_960_001) >> 32);
        if (decimals <= 1 && (Unsafe.Add(ref from, first) != '0' || whole == 1) && !(negative && digits == 0))
        {
            shape = decimals == 0 ? NumberShapes.Whole : Unsafe.Add(ref from, end - 1) == '0' ? NumberShapes.PointZero : NumberShapes.Other;
        }

        double magnitude = digits / PowersOfTen[decimals];
        number = negative ? -magnitude : magnitude;
        return true;
    }
}
