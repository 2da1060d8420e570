namespace LeadPredict.Api.Requests;

/// <summary>
/// Short texts that come again and again, such as the names of attributes and the types of touches, as one string each. A fixed number of places: a
/// text that finds its place taken by another takes it over. Safe to use from many threads.
/// </summary>
internal static class SharedTexts
{
    private const int Places = 1024;
    private const int Longest = 48;
    private static readonly Entry?[] Known = new Entry?[Places];

    /// <summary>The text of UTF-8 bytes that are ASCII and need no unescaping; null when they are neither or too long to be kept.</summary>
    public static string? Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > Longest)
        {
            return null;
        }

        uint hash = 2166136261;
        foreach (byte one in utf8)
        {
            hash = (hash ^ one) * 16777619;
        }

        ref Entry? place = ref Known[hash % Places];
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

    private sealed record Entry(byte[] Bytes, string Text);
}
