using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Import.Rows;

/// <summary>
/// Different values of one instant are told apart by a microsecond, as in deliveries, so that none is taken for another; the last in the file counts. So it knows
/// what the whole file told: of each field's instant and each value a hash, which is the same in every run.
/// </summary>
internal sealed class ToldValues
{
    private readonly Dictionary<ulong, ulong> _first = [];
    private readonly Dictionary<ulong, List<ulong>> _others = [];

    public AttributeChange Apart(AttributeChange change)
    {
        ulong instant = Mix(Mix(Mix(Mix(0, change.LeadId), change.Name), change.OccurredAt), change.RecordedAt);
        ulong value = Hash(change.Value);
        if (_first.TryAdd(instant, value) || _first[instant] == value)
        {
            return change;
        }

        if (!_others.TryGetValue(instant, out List<ulong>? others))
        {
            _others.Add(instant, others = new(1));
        }

        int place = others.IndexOf(value);
        if (place < 0)
        {
            place = others.Count;
            others.Add(value);
        }

        return change with { RecordedAt = change.RecordedAt.AddMicroseconds(place + 1) };
    }

    private static ulong Hash(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Text => Mix((ulong)value.Kind, value.Text!),
        AttributeKind.Missing => (ulong)value.Kind,
        _ => Mix((ulong)value.Kind, BitConverter.DoubleToUInt64Bits(value.Number)),
    };

    private static ulong Mix(ulong hash, DateTimeOffset instant) => Mix(hash, (ulong)instant.UtcTicks);

    private static ulong Mix(ulong hash, string text)
    {
        hash = Mix(hash, (ulong)text.Length);
        foreach (char c in text)
        {
            hash = Mix(hash, c);
        }

        return hash;
    }

    private static ulong Mix(ulong hash, ulong part)
    {
        // Multiplied by the golden ratio's odd number, and its better half laid over the other.
        hash = (hash ^ part) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 32);
    }
}
