using System.Text;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Rows;

namespace LeadPredict.Storage.Spool;

/// <summary>
/// Takes the rows of a store: first all leads in the order of their groups, then table by table, their rows in any order. Each row is packed
/// and put to those of some thousand neighbouring leads. <see cref="SpoolReader"/> reads what is written here.
/// </summary>
internal sealed class SpoolWriter : IDisposable
{
    /// <summary>A part has about so many leads: few enough to lie in memory several times, enough to be worth a job.</summary>
    private const int LeadsPerPart = 4096;

    private readonly PackedRow _row = new();
    private readonly PackedRow _head = new();
    private readonly List<int> _firsts = [];
    private readonly SpoolFile _file = new();
    private readonly SpoolPools _pools = new();
    private string? _group;
    private long _recorded = -1;
    private int _persons;

    /// <summary>The place of a lead that was added.</summary>
    public int PlaceOf(ReadOnlySpan<byte> leadId) => _pools.Leads.FindKnown(leadId);

    /// <summary>Adds a lead and returns its place; those of a group come together.</summary>
    public int AddLead(StoredLead lead)
    {
        bool begins = _group != lead.GroupKey;
        _group = lead.GroupKey;
        int place = _pools.Leads.FindOrAdd(Encoding.UTF8.GetBytes(lead.Id));
        if (begins && (_firsts.Count == 0 || place - _firsts[^1] >= LeadsPerPart))
        {
            _firsts.Add(place);
            _file.Begin(SpoolTables.None, _firsts.Count);
        }

        _row.Clear();
        _row.Number(begins ? 1UL : 0UL);
        _row.Text(CellText.Of(lead.AccountId));
        _row.Text(CellText.Of(lead.MergedInto));
        _row.Text(CellText.Of(lead.Source), _pools.Names);
        _row.Instants(lead.CreatedAt, lead.RecordedAt);
        _row.Number(lead.AccountKnown ? 1UL : 0UL);
        if (lead.AccountKnown)
        {
            _row.Text(CellText.Of(lead.AccountName));
            _row.Text(CellText.Of(lead.AccountDomain));
            _row.Instants(lead.AccountCreatedAt, lead.AccountRecordedAt);
        }

        if (lead.MergedInto is null)
        {
            _persons++;
            SawRecorded(lead.RecordedAt);
        }

        Put(place);
        return place;
    }

    /// <summary>Begins a table.</summary>
    public void Begin(SpoolTables table) => _file.Begin(table, _firsts.Count);

    public void AddTouch(int lead, CellText id, CellText type, long occurredAt, long recordedAt, CellText properties)
    {
        BeginRow(occurredAt, recordedAt);
        _row.Text(id);
        _row.Text(type, _pools.Names);
        _row.Text(properties, _pools.Properties);
        Put(lead);
    }

    public void AddAttribute(int lead, CellText name, long occurredAt, long recordedAt, int kind, CellText text, double? number)
    {
        BeginRow(occurredAt, recordedAt);
        _row.Text(name, _pools.Names);
        _row.Number((ulong)kind);
        _row.Text(text, _pools.Values);
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
        _row.Text(stage, _pools.Stages);
        _row.Text(actor, _pools.Values);
        _row.Text(reason, _pools.Values);
        Put(lead);
    }

    public void AddOutcome(int lead, CellText id, bool won, CellText amount, CellText currency, long occurredAt, long recordedAt)
    {
        BeginRow(occurredAt, recordedAt);
        _row.Text(id);
        _row.Number(won ? 1UL : 0UL);
        _row.Text(amount);
        _row.Text(currency, _pools.Names);
        Put(lead);
    }

    /// <summary>Notes when something was recorded that no row here tells of; -1 for nothing.</summary>
    public void SawRecorded(long recordedAt) => _recorded = Math.Max(_recorded, recordedAt);

    /// <summary>All rows are there.</summary>
    public HistorySpool ToSpool()
    {
        _file.Flush();
        return new(_file, _pools, [.. _firsts], _persons, _recorded < 0 ? null : UtcTime.FromMicroseconds(_recorded));
    }

    /// <summary>Gives up what was written, unless it was made a spool.</summary>
    public void Dispose() => _file.Dispose();

    private void BeginRow(long occurredAt, long recordedAt)
    {
        SawRecorded(recordedAt);
        _row.Clear();
        _row.Instants(occurredAt, recordedAt);
    }

    /// <summary>Puts the row at hand to its part, after its lead's place there and its length.</summary>
    private void Put(int lead)
    {
        // A part has so many leads at least, and few more.
        int part = Math.Min(lead / LeadsPerPart, _firsts.Count - 1);
        while (_firsts[part] > lead)
        {
            part--;
        }

        _head.Clear();
        _head.Number((ulong)(lead - _firsts[part]));
        _head.Number((ulong)_row.Bytes.Length);
        _file.Append(part, _head.Bytes);
        _file.Append(part, _row.Bytes);
    }
}
