using System.Buffers;
using System.Runtime.InteropServices;

namespace LeadPredict.Learning.Binning;

/// <summary>Sorts floats by the bits of their order-preserving image, three digits of eleven bits from the least on (radix sort).</summary>
internal static class FloatSort
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    /// <summary>Sorts in place, -0 before 0.</summary>
    /// <param name="values">No NaN.</param>
    public static void Sort(Span<float> values)
    {
        Span<uint> keys = MemoryMarshal.Cast<float, uint>(values);
        var counts = new int[3 * Digits];
        for (int i = 0; i < keys.Length; i++)
        {
            // Negative numbers are turned over, positive ones put above them.
            uint bits = keys[i];
            uint key = bits ^ ((uint)((int)bits >> 31) | 0x8000_0000u);
            keys[i] = key;
            counts[key & (Digits - 1)]++;
            counts[Digits + (int)(key >> DigitBits & (Digits - 1))]++;
            counts[(2 * Digits) + (int)(key >> (2 * DigitBits))]++;
        }

        uint[] aside = ArrayPool<uint>.Shared.Rent(keys.Length);
        Span<uint> from = keys;
        Span<uint> to = aside.AsSpan(0, keys.Length);
        for (int digit = 0; digit < 3; digit++)
        {
            Scatter(from, to, counts.AsSpan(digit * Digits, Digits), digit * DigitBits);
            Span<uint> swap = from;
            from = to;
            to = swap;
        }

        for (int i = 0; i < keys.Length; i++)
        {
            uint key = from[i];
            keys[i] = key ^ (~(uint)((int)key >> 31) | 0x8000_0000u);
        }

        ArrayPool<uint>.Shared.Return(aside);
    }

    private static void Scatter(ReadOnlySpan<uint> from, Span<uint> to, Span<int> counts, int shift)
    {
        int start = 0;
        for (int digit = 0; digit < counts.Length; digit++)
        {
            int count = counts[digit];
            counts[digit] = start;
            start += count;
        }

        foreach (uint key in from)
        {
            to[counts[(int)(key >> shift & (Digits - 1))]++] = key;
        }
    }
}
