using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Storage.Rows;

/// <summary>What delivered values that differ from those kept are added as, since rows are never changed.</summary>
internal sealed class Corrections
{
    private static readonly TimeSpan Least = TimeSpan.FromMicroseconds(1);
    private readonly Dictionary<(string LeadId, string Name), List<AttributeChange>> _values = [];
    private readonly DateTimeOffset? _deliveredAt;

    /// <param name="values">What is kept of the leads that values were delivered of.</param>
    /// <param name="deliveredAt">When the delivery came, or null.</param>
    public Corrections(IEnumerable<StoredValue> values, DateTimeOffset? deliveredAt)
    {
        _deliveredAt = deliveredAt;
        foreach (StoredValue value in values)
        {
            Of(value.LeadId, value.Name).Add(value.ToChange());
        }
    }

    /// <summary>
    /// A value of the same instant, known from the delivery on; of one that was read off the lead as it stood, a change at that reading. Null where it is no other.
    /// </summary>
    public AttributeChange? Of(AttributeChange row)
    {
        List<AttributeChange> values = Of(row.LeadId, row.Name);
        AttributeChange? correction = row.ReadAt is { } read ? Changed(row, UtcTime.Normalize(read), values) : Corrected(row, values);
        if (correction is not null)
        {
            values.Add(correction);
        }

        return correction;
    }

    /// <summary>An attribute's name as readers tell it from others: without regard to case.</summary>
    public static string Key(string name) => name.ToUpperInvariant();

    /// <summary>What was read at the creation itself says nothing against what was read later.</summary>
    private static AttributeChange? Changed(AttributeChange row, DateTimeOffset read, List<AttributeChange> values)
    {
        AttributeChange? last = values.Where(value => value.OccurredAt <= read).MaxBy(value => (value.OccurredAt, value.RecordedAt));
        return read <= row.OccurredAt || last?.Value == row.Value ? null : Kept(row, read, read, values);
    }

    private AttributeChange? Corrected(AttributeChange row, List<AttributeChange> values)
    {
        DateTimeOffset at = UtcTime.Normalize(row.OccurredAt);
        return values.Any(value => value.OccurredAt == at && value.Value == row.Value) ? null : Kept(row, at, _deliveredAt ?? row.RecordedAt, values);
    }

    private static AttributeChange Kept(AttributeChange row, DateTimeOffset at, DateTimeOffset recorded, List<AttributeChange> values)
    {
        DateTimeOffset[] before = [.. values.Where(value => value.OccurredAt == at).Select(value => value.RecordedAt + Least)];
        return row with { OccurredAt = at, RecordedAt = before.Append(UtcTime.Normalize(recorded)).Max(), ReadAt = null };
    }

    private List<AttributeChange> Of(string leadId, string name)
    {
        if (!_values.TryGetValue((leadId, Key(name)), out List<AttributeChange>? values))
        {
            _values.Add((leadId, Key(name)), values = []);
        }

        return values;
    }
}
