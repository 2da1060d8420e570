using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Rows;

namespace LeadPredict.Storage.Spool;

/// <summary>Unpacks one part of a spool, account by account. What <see cref="SpoolWriter"/> writes is read here.</summary>
internal sealed class SpoolReader
{
    private readonly SpoolPools _pools;
    private readonly StoredLead[] _leads;
    private readonly int[] _groups;
    private readonly PartRows _touches;
    private readonly PartRows _attributes;
    private readonly PartRows _transitions;
    private readonly PartRows _outcomes;

    public SpoolReader(SpoolFile file, SpoolPools pools, int part, int first, int count, SpoolTables tables)
    {
        _pools = pools;
        var leads = new PartRows(file.Read(SpoolTables.None, part), count);
        _leads = new StoredLead[count];
        List<int> groups = [];
        for (int lead = 0; lead < count; lead++)
        {
            PackedReader row = leads.Open(leads.Of(lead)[0]);
            if (row.Unsigned() == 1)
            {
                groups.Add(lead);
            }

            _leads[lead] = ReadLead(ref row, pools.Leads[first + lead]);
        }

        _groups = [.. groups, count];
        PartRows Rows(SpoolTables table) => new(tables.HasFlag(table) ? file.Read(table, part) : [], count);
        _touches = Rows(SpoolTables.Touches);
        _attributes = Rows(SpoolTables.Attributes);
        _transitions = Rows(SpoolTables.Transitions);
        _outcomes = Rows(SpoolTables.Outcomes);
    }

    /// <summary>The accounts in order; with <paramref name="wanted"/>, those alone that have one of these leads.</summary>
    public IEnumerable<AccountHistory> Accounts(IReadOnlySet<string>? wanted)
    {
        for (int group = 0; group < _groups.Length - 1; group++)
        {
            int[] leads = [.. Enumerable.Range(_groups[group], _groups[group + 1] - _groups[group])];
            if (wanted is null || leads.Any(lead => wanted.Contains(_leads[lead].Id)))
            {
                yield return LeadParts.Join([.. leads.Select(Parts)]);
            }
        }
    }

    private LeadParts Parts(int lead)
    {
        StoredLead stored = _leads[lead];
        string id = stored.MergedInto ?? stored.Id;
        return new(
            stored,
            Unpack(_touches, lead, id, ReadTouch),
            Unpack(_attributes, lead, id, ReadAttribute),
            Unpack(_transitions, lead, id, ReadTransition),
            Unpack(_outcomes, lead, id, ReadOutcome));
    }

    private static List<T> Unpack<T>(PartRows rows, int lead, string id, Unpacking<T> read)
    {
        ReadOnlySpan<(int, int)> own = rows.Of(lead);
        var unpacked = new List<T>(own.Length);
        foreach ((int, int) row in own)
        {
            PackedReader packed = rows.Open(row);
            long occurredAt = packed.Signed();
            unpacked.Add(read(ref packed, id, occurredAt, occurredAt + packed.Signed()));
        }

        return unpacked;
    }

    private delegate T Unpacking<T>(ref PackedReader row, string leadId, long occurredAt, long recordedAt);

    private StoredLead ReadLead(ref PackedReader row, string id)
    {
        var lead = new StoredLead { Id = id, AccountId = row.Text(), MergedInto = row.Text(), Source = Name(ref row) };
        lead.CreatedAt = row.Signed();
        lead.RecordedAt = lead.CreatedAt + row.Signed();
        lead.AccountKnown = row.Unsigned() == 1;
        if (lead.AccountKnown)
        {
            lead.AccountName = row.Text();
            lead.AccountDomain = row.Text();
            lead.AccountCreatedAt = row.Signed();
            lead.AccountRecordedAt = lead.AccountCreatedAt + row.Signed();
        }

        return lead;
    }

    private Touch ReadTouch(ref PackedReader row, string leadId, long occurredAt, long recordedAt) => new()
    {
        LeadId = leadId,
        OccurredAt = UtcTime.FromMicroseconds(occurredAt),
        RecordedAt = UtcTime.FromMicroseconds(recordedAt),
        Id = row.Text()!,
        Type = Name(ref row)!,
        Properties = row.Text(_pools.Properties, PropertiesJson.Read) ?? PropertiesJson.Read(null),
    };

    private AttributeChange ReadAttribute(ref PackedReader row, string leadId, long occurredAt, long recordedAt) => new StoredAttribute
    {
        OccurredAt = occurredAt,
        RecordedAt = recordedAt,
        Name = Name(ref row)!,
        Kind = (int)row.Unsigned(),
        Text = Value(ref row),
        Number = row.Unsigned() == 1 ? row.Double() : null,
    }.ToChange(leadId);

    private StageTransition ReadTransition(ref PackedReader row, string leadId, long occurredAt, long recordedAt) => new StoredTransition
    {
        OccurredAt = occurredAt,
        RecordedAt = recordedAt,
        Id = row.Text()!,
        Stage = Name(ref row)!,
        Actor = Value(ref row),
        Reason = Value(ref row),
    }.ToTransition(leadId);

    private Outcome ReadOutcome(ref PackedReader row, string leadId, long occurredAt, long recordedAt) => new StoredOutcome
    {
        OccurredAt = occurredAt,
        RecordedAt = recordedAt,
        Id = row.Text()!,
        Won = row.Unsigned() == 1,
        Amount = row.Text(),
        Currency = Name(ref row),
    }.ToOutcome(leadId);

    private string? Name(ref PackedReader row) => row.Text(_pools.Names, static text => text);

    private string? Value(ref PackedReader row) => row.Text(_pools.Values, static text => text);
}
