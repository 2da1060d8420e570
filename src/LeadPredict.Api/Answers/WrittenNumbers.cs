namespace LeadPredict.Api.Answers;

/// <summary>
/// The digits of numbers that a thread wrote before. An answer's numbers go to the score log too, and base values, probabilities of rules and what a
/// feature adds come again from lead to lead; to work digits out takes ten times as long as to copy them. A fixed number of places.
/// </summary>
internal sealed class WrittenNumbers
{
    /// <summary>The most digits that are kept, and the room that a copy needs.</summary>
    public const int Longest = 32;

    private const int PlaceBits = 6;

    [ThreadStatic]
    private static WrittenNumbers? _ofThread;

    // 0 stands for an empty place: it is written as a whole number, never by its digits from here.
    private readonly ulong[] _numbers = new ulong[1 << PlaceBits];
    private readonly byte[] _lengths = new byte[1 << PlaceBits];
    private readonly byte[] _digits = new byte[Longest << PlaceBits];

    /// <summary>This thread's.</summary>
    public static WrittenNumbers OfThread => _ofThread ??= new();

    /// <summary>Copies the digits of a number that was written before; false when they are not known any more.</summary>
    /// <param name="number">Not 0.</param>
    /// <param name="room">At least <see cref="Longest"/> bytes.</param>
    /// <param name="length">How many digits there are; what follows them is overwritten too.</param>
    public bool TryCopy(double number, Span<byte> room, out int length)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(number);
        int place = PlaceOf(bits);
        length = _lengths[place];
        if (_numbers[place] != bits)
        {
            return false;
        }

        _digits.AsSpan(place * Longest, Longest).CopyTo(room);
        return true;
    }

    /// <summary>Keeps the digits of a number.</summary>
    public void Keep(double number, ReadOnlySpan<byte> digits)
    {
        if (digits.Length > Longest)
        {
            return;
        }

        ulong bits = BitConverter.DoubleToUInt64Bits(number);
        int place = PlaceOf(bits);
        _numbers[place] = bits;
        _lengths[place] = (byte)digits.Length;
        digits.CopyTo(_digits.AsSpan(place * Longest));
    }

    private static int PlaceOf(ulong bits) => (int)((bits * 0x9E3779B97F4A7C15) >> (64 - PlaceBits));
}
