using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeadPredict.Training.Csv;

/// <summary>How a number was written: two cells of one column written alike have the same text exactly when they have the same value.</summary>
[Flags]
internal enum NumberShapes
{
    None = 0,

    /// <summary>A whole number without sign of plus, leading zeros or point: <c>-17</c>.</summary>
    Whole = 1,

    /// <summary>Such a number with <c>.0</c> after it, as pandas writes whole numbers beside missing ones.</summary>
    PointZero = 2,

    /// <summary>Anything else.</summary>
    Other = 4,
}

/// <summary>Reads a number from the bytes of a cell, to the same bits as from its text.</summary>
internal static class NumberCell
{
    /// <summary>So many digits are whole numbers that a double holds.</summary>
    private const int MostDigits = 15;

    private static readonly long[] WholePowers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 16).Select(power => Math.Pow(10, power))];

    /// <summary>Reads digits with at most one point and a minus before them: nearly all cells that tables of numbers have.</summary>
    /// <param name="bytes">The text; something other than a digit or a point follows the cell.</param>
    /// <param name="at">Where the cell begins; moved past what was read.</param>
    /// <param name="number">The number.</param>
    /// <param name="shape">How it was written.</param>
    /// <returns>Whether digits were read; the caller looks at what follows.</returns>
    public static bool TryPlain(ReadOnlySpan<byte> bytes, ref int at, out double number, out NumberShapes shape)
    {
        // The bytes end with a line end, so every run of digits ends before them.
        ref byte from = ref MemoryMarshal.GetReference(bytes);
        number = 0;
        shape = NumberShapes.Other;
        bool negative = Unsafe.Add(ref from, at) == '-';
        int first = negative ? at + 1 : at;
        int i = first;
        long digits = 0;
        for (uint digit; (digit = Unsafe.Add(ref from, i) - (uint)'0') <= 9; i++)
        {
            digits = (digits * 10) + digit;
        }

        int whole = i - first;
        int decimals = 0;
        if (Unsafe.Add(ref from, i) == '.')
        {
            int point = ++i;
            digits = Decimals(bytes, ref i, digits);
            decimals = i - point;
            if (decimals == 0)
            {
                return false;
            }
        }

        if (whole == 0 || whole + decimals > MostDigits)
        {
            return false;
        }

        at = i;
        if ((Unsafe.Add(ref from, first) != '0' || whole == 1) && !(negative && digits == 0))
        {
            shape = decimals == 0 ? NumberShapes.Whole
                : decimals == 1 && Unsafe.Add(ref from, i - 1) == '0' ? NumberShapes.PointZero : NumberShapes.Other;
        }

        // Fifteen digits and a power of ten up to the fifteenth are exact, so one division rounds as the text does (Clinger, 1990).
        double magnitude = decimals == 0 ? digits : digits / PowersOfTen[decimals];
        number = negative ? -magnitude : magnitude;
        return true;
    }

    /// <summary>
    /// Reads on after a point, eight digits at a time: a run of digits of any length takes the same few steps, where a loop would guess its
    /// end wrong (Lemire, "Quickly parsing eight digits", 2018).
    /// </summary>
    private static long Decimals(ReadOnlySpan<byte> bytes, ref int i, long digits)
    {
        ref byte from = ref MemoryMarshal.GetReference(bytes);
        if (BitConverter.IsLittleEndian && i + sizeof(ulong) <= bytes.Length)
        {
            // Digits become 0 to 9, and the first byte that is more has its highest bit set.
            ulong eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, i)) ^ 0x3030_3030_3030_3030;
            ulong others = ((eight + 0x7676_7676_7676_7676) | eight) & 0x8080_8080_8080_8080;
            int count = BitOperations.TrailingZeroCount(others) / 8;
            if (count is > 0 and < 8)
            {
                // Zeros go before the digits, then twos, fours and eights are put together.
                eight <<= 64 - (8 * count);
                eight = ((eight * 2561) >> 8) & 0x00FF_00FF_00FF_00FF;
                eight = ((eight * 6_553_601) >> 16) & 0x0000_FFFF_0000_FFFF;
                i += count;
                return (digits * WholePowers[count]) + (long)((eight * 42_949_672_960_001) >> 32);
            }
        }

        for (uint digit; (digit = Unsafe.Add(ref from, i) - (uint)'0') <= 9; i++)
        {
            digits = (digits * 10) + digit;
        }

        return digits;
    }

    /// <summary>Reads a trimmed cell of any other writing by the rules of the feature extractor, but for a per-cent sign.</summary>
    public static bool TryAny(ReadOnlySpan<byte> cell, out double number)
    {
        number = double.NaN;
        return cell.Length > 0 && ((uint)(cell[0] - '0') <= 9 || cell[0] is (byte)'-' or (byte)'+' or (byte)'.')
            && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }
}
