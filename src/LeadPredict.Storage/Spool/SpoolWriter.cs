using System.Text;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Rows;

namespace LeadPredict.Storage.Spool;

/// <summary>
/// Takes the history of a store: first all leads in the order of their groups, then the rows of each table, in any order and several tables at
/// once. <see cref="SpoolReader"/> reads what is written here.
/// </summary>
internal sealed class SpoolWriter : IDisposable
{
    /// <summary>A part has about so many leads: few enough to lie in memory several times, enough to be worth a job.</summary>
    private const int LeadsPerPart = 4096;

    private readonly PackedRow _row = new();
    private readonly List<int> _firsts = [];
    private readonly SpoolFile _file = new();
    private readonly SpoolPools _pools = new();
    private readonly SpoolSheet _leads;
    private readonly Dictionary<SpoolTables, SpoolSheet> _sheets;
    private readonly List<SpoolRows> _tables = [];
    private readonly long _now;
    private string? _group;
    private long _recorded = -1;
    private int _persons;
    private long[] _decisions = [];

    /// <param name="now">Microseconds; what was recorded later does not count as <see cref="HistorySpool.LastRecordedAt"/>.</param>
    public SpoolWriter(long now)
    {
        _now = now;
        _leads = new(_file);
        _sheets = new() { [SpoolTables.None] = _leads };
    }

    /// <summary>Adds a lead and returns its place; those of a group come together.</summary>
    public int AddLead(StoredLead lead)
    {
        bool begins = _group != lead.GroupKey;
        _group = lead.GroupKey;
        int place = _pools.Leads.FindOrAdd(Encoding.UTF8.GetBytes(lead.Id));
        if (begins && (_firsts.Count == 0 || place - _firsts[^1] >= LeadsPerPart))
        {
            _firsts.Add(place);
            _leads.Begin(_firsts.Count);
        }

        Pack(lead, begins);
        if (lead.MergedInto is null)
        {
            _persons++;
            SawRecorded(lead.RecordedAt);
        }

        _leads.Append(_firsts.Count - 1, place - _firsts[^1], _row.Bytes);
        return place;
    }

    /// <summary>Begins a table, once and after all leads; on any thread. What it gives is for one thread, beside others with other tables.</summary>
    public SpoolRows Begin(SpoolTables table)
    {
        var sheet = new SpoolSheet(_file);
        sheet.Begin(_firsts.Count);
        // Moves may be decisions, so that the store is asked for those that are none.
        bool isDelivered = table is SpoolTables.Touches or SpoolTables.Attributes;
        var rows = new SpoolRows(sheet, _pools, [.. _firsts], LeadsPerPart, isDelivered ? _now : long.MinValue);
        lock (_tables)
        {
            _sheets.Add(table, sheet);
            _tables.Add(rows);
        }

        return rows;
    }

    /// <summary>Notes when something was recorded; -1 for nothing.</summary>
    public void SawRecorded(long recordedAt) => _recorded = recordedAt <= _now ? Math.Max(_recorded, recordedAt) : _recorded;

    /// <summary>Notes when each decision was recorded, before anything is read.</summary>
    public void SawDecisions(IEnumerable<long> recordedAt) => _decisions = [.. recordedAt];

    /// <summary>All rows are there.</summary>
    public HistorySpool ToSpool()
    {
        foreach (SpoolSheet sheet in _sheets.Values)
        {
            sheet.Flush();
        }

        _tables.ForEach(table => SawRecorded(table.LastRecordedAt));
        _recorded = LastRecorded.Latest(_recorded, _decisions, _now);
        return new(_file, _sheets, _pools, [.. _firsts], _persons, _recorded < 0 ? null : UtcTime.FromMicroseconds(_recorded));
    }

    /// <summary>Gives up what was written, unless it was made a spool.</summary>
    public void Dispose() => _file.Dispose();

    private void Pack(StoredLead lead, bool begins)
    {
        _row.Clear();
        _row.Number(begins ? 1UL : 0UL);
        _row.Text(CellText.Of(lead.AccountId));
        _row.Text(CellText.Of(lead.MergedInto));
        _row.Text(CellText.Of(lead.Source), _pools.Sources);
        _row.Instants(lead.CreatedAt, lead.RecordedAt);
        _row.Number(lead.AccountToldAt is null ? 0UL : 1UL);
        if (lead.AccountToldAt is { } told)
        {
            _row.Number(told);
        }

        _row.Number(lead.AccountKnown ? 1UL : 0UL);
        if (lead.AccountKnown)
        {
            _row.Text(CellText.Of(lead.AccountName));
            _row.Text(CellText.Of(lead.AccountDomain));
            _row.Instants(lead.AccountCreatedAt, lead.AccountRecordedAt);
        }
    }
}
