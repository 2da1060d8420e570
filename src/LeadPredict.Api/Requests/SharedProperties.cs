using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Requests;

/// <summary>
/// Short properties that come again and again from touch to touch, such as the page that was looked at, as one object each, found by the bytes that
/// they were sent as. A fixed number of places: those that find their place taken take it over. Safe to use from many threads.
/// </summary>
internal static class SharedProperties
{
    private const int Longest = 80;
    private static readonly Entry?[] Known = new Entry?[SharedTexts.Places];

    /// <summary>Takes the next object. False leaves the request to the other reader.</summary>
    public static bool Read(ref JsonCursor json, out FewValues properties)
    {
        // Bytes that were an object once are that object again wherever they stand: nothing that begins with a whole object can be another one.
        ReadOnlySpan<byte> ahead = json.Ahead(Longest);
        if (ahead.Length == 0)
        {
            return ReadOwn(ref json, out properties);
        }

        ref Entry? place = ref Known[SharedTexts.Place(ahead)];
        if (Volatile.Read(ref place) is { } known && ahead.SequenceEqual(known.Bytes))
        {
            json.Take(ahead.Length);
            properties = known.Values;
            return true;
        }

        if (!ReadOwn(ref json, out properties))
        {
            return false;
        }

        // Another brace may have closed it than the first; and what may be an address is nobody's to remember.
        if (json.HasTaken(ahead) && !ahead.Contains((byte)'@'))
        {
            Volatile.Write(ref place, new(ahead.ToArray(), properties));
        }

        return true;
    }

    private static bool ReadOwn(ref JsonCursor json, out FewValues properties)
    {
        bool read = QuickValues.Members(ref json, out KeyValuePair<string, AttributeValue>[] values);
        properties = values.Length > 0 ? new(values) : FewValues.None;
        return read;
    }

    private sealed record Entry(byte[] Bytes, FewValues Values);
}
