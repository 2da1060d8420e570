using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Import.Rows;

/// <summary>Hashes of 64 bits by which much is known without being held; the same in every run.</summary>
internal static class RowHash
{
    /// <summary>Of a value: texts, numbers and booleans that look alike differ.</summary>
    public static ulong Of(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Text => Mix((ulong)value.Kind, value.Text!),
        AttributeKind.Missing => (ulong)value.Kind,
        _ => Mix((ulong)value.Kind, BitConverter.DoubleToUInt64Bits(value.Number)),
    };

    /// <summary>Of an instant of a field of a lead: all of a change but its value.</summary>
    public static ulong OfInstant(AttributeChange change) => Mix(Mix(Mix(Mix(0, change.LeadId), change.Name), change.OccurredAt), change.RecordedAt);

    /// <summary>Adds a text to a hash.</summary>
    public static ulong Mix(ulong hash, string text)
    {
        hash = Mix(hash, (ulong)text.Length);
        foreach (char c in text)
        {
            hash = Mix(hash, c);
        }

        return hash;
    }

    private static ulong Mix(ulong hash, DateTimeOffset instant) => Mix(hash, (ulong)instant.UtcTicks);

    private static ulong Mix(ulong hash, ulong part)
    {
        // Multiplied by the golden ratio's odd number, and its better half laid over the other.
        hash = (hash ^ part) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 32);
    }
}
