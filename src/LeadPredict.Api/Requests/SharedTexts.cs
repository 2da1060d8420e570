using System.Runtime.InteropServices;

namespace LeadPredict.Api.Requests;

/// <summary>
/// Short texts that come again and again, such as the names of attributes and the types of touches, as one string each. A fixed number of places: a
/// text that comes twice running takes its place over, so that identifiers, which come once, take none. Safe to use from many threads.
/// </summary>
internal static class SharedTexts
{
    /// <summary>How many places there are.</summary>
    public const int Places = 1 << PlaceBits;

    private const int PlaceBits = 12;
    private const int Longest = 48;
    private const int WithinEnds = 2 * sizeof(ulong);
    private const ulong Odd = 0x9E3779B97F4A7C15;
    private static readonly Entry?[] Known = new Entry?[Places];

    // Of each place the text that was last not found there.
    private static readonly uint[] Missed = new uint[Places];

    /// <summary>The text of UTF-8 bytes that are ASCII and need no unescaping; null when they are neither or too long to be kept.</summary>
    public static string? Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > Longest)
        {
            return null;
        }

        (ulong first, ulong last) = Ends(utf8);
        ulong hash = Hash(utf8, first, last);
        ref Entry? place = ref Known[Place(hash)];
        if (Volatile.Read(ref place) is { } known && known.Is(utf8, first, last))
        {
            return known.Text;
        }

        if (!System.Text.Ascii.IsValid(utf8) || utf8.Contains((byte)0))
        {
            return null;
        }

        string text = System.Text.Encoding.ASCII.GetString(utf8);
        ref uint missed = ref Missed[Place(hash)];
        uint mark = (uint)(hash >> (64 - PlaceBits - 32));
        if (missed != mark)
        {
            missed = mark;
            return text;
        }

        Volatile.Write(ref place, new(first, last, utf8.ToArray(), text));
        return text;
    }

    /// <summary>A place for a text, by its ends and its middle.</summary>
    public static int Place(ReadOnlySpan<byte> utf8)
    {
        (ulong first, ulong last) = Ends(utf8);
        return Place(Hash(utf8, first, last));
    }

    private static int Place(ulong hash) => (int)(hash >> (64 - PlaceBits));

    private static ulong Hash(ReadOnlySpan<byte> utf8, ulong first, ulong last)
    {
        ulong hash = ((ulong)utf8.Length ^ first) * Odd;
        hash = ((hash ^ (hash >> 29)) ^ last) * Odd;
        if (utf8.Length > WithinEnds)
        {
            hash = ((hash ^ (hash >> 31)) ^ MemoryMarshal.Read<ulong>(utf8[((utf8.Length - sizeof(ulong)) / 2)..])) * Odd;
        }

        // The last letters stand in the highest bits, which a product does not bring down.
        return (hash ^ (hash >> 32)) * Odd;
    }

    /// <summary>The first and the last eight bytes; of a shorter text all of it, and 0.</summary>
    private static (ulong First, ulong Last) Ends(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length >= sizeof(ulong))
        {
            return (MemoryMarshal.Read<ulong>(utf8), MemoryMarshal.Read<ulong>(utf8[^sizeof(ulong)..]));
        }

        ulong all = 0;
        foreach (byte one in utf8)
        {
            all = (all << 8) | one;
        }

        return (all, 0);
    }

    /// <summary>A text with its bytes. Most are known by their ends, which stand in the object itself.</summary>
    private sealed class Entry(ulong first, ulong last, byte[] bytes, string text)
    {
        private readonly int _length = bytes.Length;

        public string Text { get; } = text;

        public bool Is(ReadOnlySpan<byte> utf8, ulong otherFirst, ulong otherLast) =>
            utf8.Length == _length && otherFirst == first && otherLast == last && (_length <= WithinEnds || utf8.SequenceEqual(bytes));
    }
}
