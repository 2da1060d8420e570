using System.Runtime.InteropServices;

namespace LeadPredict.Api.Requests;

/// <summary>
/// Short texts that come again and again, such as the names of attributes and the types of touches, as one string each. A fixed number of places: a
/// text that finds its place taken by another takes it over. Safe to use from many threads.
/// </summary>
internal static class SharedTexts
{
    /// <summary>How many places there are.</summary>
    public const int Places = 1 << PlaceBits;

    private const int PlaceBits = 10;
    private const int Longest = 48;
    private const ulong Odd = 0x9E3779B97F4A7C15;
    private static readonly Entry?[] Known = new Entry?[Places];

    /// <summary>The text of UTF-8 bytes that are ASCII and need no unescaping; null when they are neither or too long to be kept.</summary>
    public static string? Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > Longest)
        {
            return null;
        }

        ref Entry? place = ref Known[Place(utf8)];
        if (Volatile.Read(ref place) is { } known && utf8.SequenceEqual(known.Bytes))
        {
            return known.Text;
        }

        if (!System.Text.Ascii.IsValid(utf8) || utf8.Contains((byte)0))
        {
            return null;
        }

        var entry = new Entry(utf8.ToArray(), System.Text.Encoding.ASCII.GetString(utf8));
        Volatile.Write(ref place, entry);
        return entry.Text;
    }

    /// <summary>A place for a text, by its ends and its middle.</summary>
    public static int Place(ReadOnlySpan<byte> utf8)
    {
        ulong hash = (ulong)utf8.Length;
        if (utf8.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(utf8)) * Odd;
            hash ^= hash >> 29;
            hash = (hash ^ MemoryMarshal.Read<ulong>(utf8[((utf8.Length - sizeof(ulong)) / 2)..])) * Odd;
            hash ^= hash >> 31;
            hash = (hash ^ MemoryMarshal.Read<ulong>(utf8[^sizeof(ulong)..])) * Odd;
        }
        else
        {
            foreach (byte one in utf8)
            {
                hash = (hash << 8) | one;
            }

            hash *= Odd;
        }

        return (int)(hash >> (64 - PlaceBits));
    }

    private sealed record Entry(byte[] Bytes, string Text);
}
