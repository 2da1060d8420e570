using System.Runtime.InteropServices;

namespace LeadPredict.Api.Answers;

/// <summary>
/// The fewest digits that read back to the same bits, the nearest of them where there are several, in the form in which the framework writes numbers,
/// in a part of its time (Giulietti, "The Schubfach way to render doubles", 2020). The framework writes those whose powers of ten do not fit into the words
/// here, and powers of two, for which it has digits of its own.
/// </summary>
internal static class ShortestNumber
{
    /// <summary>The most bytes of a number.</summary>
    public const int Longest = 24;

    private const double Least = 1e-9;
    private const double Most = 1e15;
    private const float LeastSingle = 1e-4f;
    private const float MostSingle = 1e7f;
    private const int LongestFixed = -3;

    // Of 10^k the highest bits; exact, which no power beyond these is.
    private static readonly UInt128[] Powers = [.. Enumerable.Range(0, 27).Select(HighestBits)];

    private static ReadOnlySpan<byte> Pairs =>
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    /// <summary>Writes a number; false for those that are left to the framework.</summary>
    /// <param name="number">The number.</param>
    /// <param name="to">At least <see cref="Longest"/> bytes.</param>
    /// <param name="length">How many were written.</param>
    public static bool TryWrite(double number, Span<byte> to, out int length)
    {
        length = 0;
        double size = Math.Abs(number);
        if (!(size >= Least && size < Most))
        {
            return false;
        }

        ulong bits = BitConverter.DoubleToUInt64Bits(size);
        ulong fraction = bits & ((1UL << 52) - 1);
        if (fraction == 0)
        {
            return false;
        }

        ulong c = fraction | (1UL << 52);
        int q = (int)(bits >> 52) - 1075;
        int k = PowerOf(q);
        int h = q + BinaryPower(-k) + 1;
        UInt128 g = Powers[-k];
        ulong odd = c & 1;
        (ulong digits, k) = Nearest(RoundToOdd(g, ((4 * c) - 2) << h) + odd, RoundToOdd(g, (4 * c) << h), RoundToOdd(g, ((4 * c) + 2) << h) - odd, k);
        length = Write(digits, k, number < 0, to);
        return true;
    }

    /// <summary>The same for fewer digits.</summary>
    public static bool TryWrite(float number, Span<byte> to, out int length)
    {
        length = 0;
        float size = Math.Abs(number);
        if (!(size >= LeastSingle && size < MostSingle))
        {
            return false;
        }

        uint bits = BitConverter.SingleToUInt32Bits(size);
        uint fraction = bits & ((1U << 23) - 1);
        if (fraction == 0)
        {
            return false;
        }

        uint c = fraction | (1U << 23);
        int q = (int)(bits >> 23) - 150;
        int k = PowerOf(q);
        int h = q + BinaryPower(-k) + 1;
        ulong g = (ulong)(Powers[-k] >> 64);
        uint odd = c & 1;
        (ulong digits, k) = Nearest(RoundToOdd(g, ((4 * c) - 2) << h) + odd, RoundToOdd(g, (4 * c) << h), RoundToOdd(g, ((4 * c) + 2) << h) - odd, k);
        length = Write(digits, k, number < 0, to);
        return true;
    }

    private static UInt128 HighestBits(int k)
    {
        UInt128 power = 1;
        for (int i = 0; i < k; i++)
        {
            power *= 10;
        }

        return power << (int)UInt128.LeadingZeroCount(power);
    }

    /// <summary>The power of ten of the last digit: the largest that does not leave the interval around <c>c * 2^q</c> without a number.</summary>
    private static int PowerOf(int q) => (q * 1262611) >> 22;

    /// <summary>The power of two below <c>10^k</c>.</summary>
    private static int BinaryPower(int k) => (k * 1741647) >> 19;

    private static ulong RoundToOdd(UInt128 g, ulong c)
    {
        ulong carry = Math.BigMul((ulong)g, c, out _);
        ulong high = Math.BigMul((ulong)(g >> 64), c, out ulong low);
        low += carry;
        high += low < carry ? 1UL : 0;
        return high | (low > 1 ? 1UL : 0);
    }

    private static ulong RoundToOdd(ulong g, uint c)
    {
        ulong high = Math.BigMul(g, c, out ulong low);
        return (high & uint.MaxValue) | ((low >> 32) > 1 ? 1UL : 0);
    }

    /// <summary>Of the numbers in an interval the one with the fewest digits, and of those the nearest to its middle; all in quarters.</summary>
    private static (ulong Digits, int Power) Nearest(ulong lower, ulong middle, ulong upper, int k)
    {
        ulong s = middle / 4;
        if (s >= 10)
        {
            ulong tens = s / 10;
            bool below = lower <= 40 * tens, above = (40 * tens) + 40 <= upper;
            if (below != above)
            {
                return (tens + (above ? 1UL : 0), k + 1);
            }
        }

        bool isDown = lower <= 4 * s, isUp = (4 * s) + 4 <= upper;
        if (isDown != isUp)
        {
            return (s + (isUp ? 1UL : 0), k);
        }

        ulong half = (4 * s) + 2;
        return (s + (middle > half || (middle == half && (s & 1) != 0) ? 1UL : 0), k);
    }

    private static int Write(ulong digits, int power, bool isNegative, Span<byte> to)
    {
        while (digits % 10 == 0)
        {
            digits /= 10;
            power++;
        }

        // Eight digits at a time: numbers of 32 bits, whose parts do not wait for one another.
        Span<byte> room = stackalloc byte[24];
        (ulong front, ulong back) = Math.DivRem(digits, 100_000_000);
        Eight((uint)back, room[16..]);
        int first = 16;
        if (front > 0)
        {
            (ulong head, front) = Math.DivRem(front, 100_000_000);
            Eight((uint)front, room[8..]);
            first = 8;
            if (head > 0)
            {
                Eight((uint)head, room);
                first = 0;
            }
        }

        while (room[first] == '0')
        {
            first++;
        }

        ReadOnlySpan<byte> text = room[first..];
        to[0] = (byte)'-';
        int start = isNegative ? 1 : 0;
        return start + Place(text, text.Length + power, to[start..]);
    }

    private static void Eight(uint digits, Span<byte> to)
    {
        (uint front, uint back) = Math.DivRem(digits, 10_000);
        Pair(front / 100, to);
        Pair(front % 100, to[2..]);
        Pair(back / 100, to[4..]);
        Pair(back % 100, to[6..]);
    }

    private static void Pair(uint pair, Span<byte> to) => MemoryMarshal.Write(to, MemoryMarshal.Read<ushort>(Pairs[(int)(2 * pair)..]));

    /// <summary>Writes digits with the point after so many of them.</summary>
    private static int Place(ReadOnlySpan<byte> digits, int point, Span<byte> to)
    {
        if (point < LongestFixed)
        {
            // One digit before the point, then the power of ten.
            int length = digits.Length == 1 ? Place(digits, 1, to) : Place(digits, digits.Length, to[1..]) + 1;
            if (digits.Length > 1)
            {
                (to[0], to[1]) = (to[1], (byte)'.');
            }

            "E-0"u8.CopyTo(to[length..]);
            to[length + 3] = (byte)('0' + 1 - point);
            return length + 4;
        }

        if (point <= 0)
        {
            "0.000"u8[..(2 - point)].CopyTo(to);
            digits.CopyTo(to[(2 - point)..]);
            return 2 - point + digits.Length;
        }

        if (point >= digits.Length)
        {
            digits.CopyTo(to);
            to[digits.Length..point].Fill((byte)'0');
            return point;
        }

        digits[..point].CopyTo(to);
        to[point] = (byte)'.';
        digits[point..].CopyTo(to[(point + 1)..]);
        return digits.Length + 1;
    }
}
