using System.Runtime.InteropServices;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Import.Rows;

/// <summary>
/// Different values of one instant are told apart by a microsecond, as in deliveries, so that none is taken for another; the last in the file counts, one that was told
/// before another too. So it knows what the whole file told: of each field's instant a hash of the latest value, which is the same in every run. It is asked about
/// <see cref="RecurringInstants"/> alone: the first value of an instant stays as it is.
/// </summary>
internal sealed class ToldValues
{
    private readonly Dictionary<ulong, (ulong Value, int Place)> _latest = [];

    public AttributeChange Apart(AttributeChange change)
    {
        ulong value = RowHash.Of(change.Value);
        ref (ulong Value, int Place) latest = ref CollectionsMarshal.GetValueRefOrAddDefault(_latest, RowHash.OfInstant(change), out bool known);
        if (!known)
        {
            latest = (value, 0);
        }
        else if (latest.Value != value)
        {
            latest = (value, latest.Place + 1);
        }

        return latest.Place == 0 ? change : change with { RecordedAt = change.RecordedAt.AddMicroseconds(latest.Place) };
    }
}
