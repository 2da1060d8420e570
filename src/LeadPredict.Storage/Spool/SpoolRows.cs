using System.Text;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.Spool;

/// <summary>Takes the rows of one table in any order. Each is packed and put to those of some thousand neighbouring leads. For one thread.</summary>
/// <param name="sheet">Where the rows go.</param>
/// <param name="pools">The leads, and texts of which those of this table are added here alone.</param>
/// <param name="firsts">The first lead of each part.</param>
/// <param name="leadsPerPart">A part has so many leads at least, and few more.</param>
/// <param name="now">What was recorded later does not count for <see cref="LastRecordedAt"/>.</param>
internal sealed class SpoolRows(SpoolSheet sheet, SpoolPools pools, int[] firsts, int leadsPerPart, long now)
{
    private static readonly byte[] Objection = Encoding.UTF8.GetBytes(ProfilingObjection.Attribute);
    private readonly PackedRow _row = new();

    /// <summary>The latest up to now that one of the rows was recorded which tells until when the history is observed; -1 where none was.</summary>
    public long LastRecordedAt { get; private set; } = -1;

    /// <summary>Makes ready for the rows of these leads, told by <see cref="HashOf"/>.</summary>
    public void Expect(ReadOnlySpan<ulong> leads) => pools.Leads.Fetch(leads);

    /// <summary>A number that different leads hardly share.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> leadId) => TextPool<string>.Hash(leadId);

    /// <summary>The place of a lead that was added.</summary>
    /// <param name="hash">By <see cref="HashOf"/>.</param>
    /// <param name="leadId">The lead.</param>
    public int PlaceOf(ulong hash, ReadOnlySpan<byte> leadId) => pools.Leads.FindKnown(hash, leadId);

    public void AddTouch(int lead, CellText id, CellText type, long occurredAt, long recordedAt, CellText properties)
    {
        BeginRow(occurredAt, recordedAt);
        _row.Text(id);
        _row.Text(type, pools.Types);
        _row.Text(properties, pools.Properties);
        Put(lead);
    }

    public void AddAttribute(int lead, CellText name, long occurredAt, long recordedAt, int kind, CellText text, double? number)
    {
        BeginRow(occurredAt, recordedAt, tells: !name.Utf8.SequenceEqual(Objection));
        _row.Text(name, pools.Attributes);
        _row.Number((ulong)kind);
        _row.Text(text, pools.Values);
        _row.Number(number is null ? 0UL : 1UL);
        if (number is { } value)
        {
            _row.Number(value);
        }

        Put(lead);
    }

    public void AddTransition(int lead, CellText id, CellText stage, long occurredAt, long recordedAt, CellText actor, CellText reason)
    {
        BeginRow(occurredAt, recordedAt);
        _row.Text(id);
        _row.Text(stage, pools.Stages);
        _row.Text(actor, pools.Reasons);
        _row.Text(reason, pools.Reasons);
        Put(lead);
    }

    public void AddOutcome(int lead, CellText id, bool won, CellText amount, CellText currency, long occurredAt, long recordedAt)
    {
        BeginRow(occurredAt, recordedAt);
        _row.Text(id);
        _row.Number(won ? 1UL : 0UL);
        _row.Text(amount);
        _row.Text(currency, pools.Currencies);
        Put(lead);
    }

    private void BeginRow(long occurredAt, long recordedAt, bool tells = true)
    {
        LastRecordedAt = tells && recordedAt <= now ? Math.Max(LastRecordedAt, recordedAt) : LastRecordedAt;
        _row.Clear();
        _row.Instants(occurredAt, recordedAt);
    }

    private void Put(int lead)
    {
        int part = Math.Min(lead / leadsPerPart, firsts.Length - 1);
        while (firsts[part] > lead)
        {
            part--;
        }

        sheet.Append(part, lead - firsts[part], _row.Bytes);
    }
}
