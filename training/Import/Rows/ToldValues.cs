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
        ulong instant = RowHash.OfInstant(change);
        ulong value = RowHash.Of(change.Value);
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
}
