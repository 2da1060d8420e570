using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Rows;

namespace LeadPredict.Storage.Spool;

/// <summary>Unpacks one part of a spool, account by account. What <see cref="SpoolWriter"/> writes is read here.</summary>
internal sealed class SpoolReader : IDisposable
{
    private readonly SpoolPools _pools;
    private readonly StoredLead[] _leads;
    private readonly int[] _groups;
    private readonly PartRows _touches;
    private readonly PartRows _attributes;
    private readonly PartRows _transitions;
    private readonly PartRows _outcomes;
    private readonly bool _withTouchIds;
    private readonly TouchOrder _order = new();
    private readonly Unpacking<AttributeChange> _readAttribute;
    private readonly Unpacking<StageTransition> _readTransition;
    private readonly Unpacking<Outcome> _readOutcome;

    public SpoolReader(Dictionary<SpoolTables, SpoolSheet> sheets, SpoolPools pools, int part, int first, int count, SpoolTables tables)
    {
        _pools = pools;
        using PartRows leads = RowsOf(sheets, SpoolTables.None, part, count);
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
        PartRows Rows(SpoolTables table) => tables.HasFlag(table) ? RowsOf(sheets, table, part, count) : new([], 0, count);
        _touches = Rows(SpoolTables.Touches);
        _attributes = Rows(SpoolTables.Attributes);
        _transitions = Rows(SpoolTables.Transitions);
        _withTouchIds = tables.HasFlag(SpoolTables.TouchIds);
        _outcomes = Rows(SpoolTables.Outcomes);
        (_readAttribute, _readTransition, _readOutcome) = (ReadAttribute, ReadTransition, ReadOutcome);
    }

    /// <summary>The accounts in order; with <paramref name="wanted"/>, those alone that have such a lead.</summary>
    public IEnumerable<AccountHistory> Accounts(Predicate<string>? wanted)
    {
        for (int group = 0; group < _groups.Length - 1; group++)
        {
            if (wanted is null || Has(group, wanted))
            {
                ArraySegment<StoredLead> stored = new(_leads, _groups[group], _groups[group + 1] - _groups[group]);

                // Touches of leads that are one person are put in order together, which takes their identifiers.
                bool withTouchIds = _withTouchIds || stored.Any(lead => lead.MergedInto is not null);
                var leads = new LeadParts[stored.Count];
                for (int i = 0; i < leads.Length; i++)
                {
                    leads[i] = Parts(_groups[group] + i, withTouchIds);
                }

                yield return LeadParts.Join(leads);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _touches.Dispose();
        _attributes.Dispose();
        _transitions.Dispose();
        _outcomes.Dispose();
    }

    private static PartRows RowsOf(Dictionary<SpoolTables, SpoolSheet> sheets, SpoolTables table, int part, int count)
    {
        (byte[] lent, int length) = sheets[table].Read(part);
        return new(lent, length, count);
    }

    private bool Has(int group, Predicate<string> wanted)
    {
        for (int lead = _groups[group]; lead < _groups[group + 1]; lead++)
        {
            if (wanted(_leads[lead].Id))
            {
                return true;
            }
        }

        return false;
    }

    private LeadParts Parts(int lead, bool withTouchIds)
    {
        StoredLead stored = _leads[lead];
        string id = stored.MergedInto ?? stored.Id;
        return new(
            stored,
            UnpackTouches(lead, id, withTouchIds),
            Unpack(_attributes, lead, id, _readAttribute),
            Unpack(_transitions, lead, id, _readTransition),
            Unpack(_outcomes, lead, id, _readOutcome));
    }

    private static T[] Unpack<T>(PartRows rows, int lead, string id, Unpacking<T> read)
    {
        ReadOnlySpan<(int, int)> own = rows.Of(lead);
        T[] unpacked = own.Length == 0 ? [] : new T[own.Length];
        for (int row = 0; row < own.Length; row++)
        {
            PackedReader packed = rows.Open(own[row]);
            (long occurredAt, long recordedAt) = packed.Instants();
            unpacked[row] = read(ref packed, id, occurredAt, recordedAt);
        }

        return unpacked;
    }

    private delegate T Unpacking<T>(ref PackedReader row, string leadId, long occurredAt, long recordedAt);

    private StoredLead ReadLead(ref PackedReader row, string id)
    {
        var lead = new StoredLead { Id = id, AccountId = row.Text(), MergedInto = row.Text(), Source = row.Text(_pools.Sources, static text => text) };
        (lead.CreatedAt, lead.RecordedAt) = row.Instants();
        lead.AccountToldAt = row.Unsigned() == 1 ? row.Signed() : null;
        lead.AccountKnown = row.Unsigned() == 1;
        if (lead.AccountKnown)
        {
            lead.AccountName = row.Text();
            lead.AccountDomain = row.Text();
            (lead.AccountCreatedAt, lead.AccountRecordedAt) = row.Instants();
        }

        return lead;
    }

    private Touch[] UnpackTouches(int lead, string leadId, bool withIds)
    {
        ReadOnlySpan<(int At, int Length)> own = _touches.Of(lead);
        Touch[] unpacked = own.Length == 0 ? [] : new Touch[own.Length];
        ReadOnlySpan<int> order = _order.Of(_touches, own);
        for (int row = 0; row < own.Length; row++)
        {
            unpacked[row] = ReadTouch(_touches.Open(own[order[row]]), leadId, withIds);
        }

        return unpacked;
    }

    private Touch ReadTouch(PackedReader row, string leadId, bool withIds)
    {
        (long occurredAt, long recordedAt) = row.Instants();
        string? id = "";
        if (withIds)
        {
            id = row.Text();
        }
        else
        {
            row.SkipText();
        }

        return new()
        {
            LeadId = leadId,
            OccurredAt = UtcTime.FromMicroseconds(occurredAt),
            RecordedAt = UtcTime.FromMicroseconds(recordedAt),
            Id = id!,
            Type = row.Text(_pools.Types, static text => text)!,
            Properties = row.Text(_pools.Properties, PropertiesJson.Read) ?? PropertiesJson.Read(null),
        };
    }

    private AttributeChange ReadAttribute(ref PackedReader row, string leadId, long occurredAt, long recordedAt)
    {
        string name = row.Text(_pools.Attributes, static text => text)!;
        var kind = (AttributeKind)row.Unsigned();
        string? text = row.Text(_pools.Values, static text => text);
        double number = row.Unsigned() == 1 ? row.Double() : 0;
        return new()
        {
            LeadId = leadId,
            Name = name,
            Value = StoredAttribute.ValueOf(kind, text, number),
            OccurredAt = UtcTime.FromMicroseconds(occurredAt),
            RecordedAt = UtcTime.FromMicroseconds(recordedAt),
        };
    }

    private StageTransition ReadTransition(ref PackedReader row, string leadId, long occurredAt, long recordedAt) => new()
    {
        LeadId = leadId,
        OccurredAt = UtcTime.FromMicroseconds(occurredAt),
        RecordedAt = UtcTime.FromMicroseconds(recordedAt),
        Id = row.Text()!,
        To = row.Text(_pools.Stages, Enum.Parse<Stage>),
        Actor = row.Text(_pools.Reasons, static text => text),
        Reason = row.Text(_pools.Reasons, static text => text),
    };

    private Outcome ReadOutcome(ref PackedReader row, string leadId, long occurredAt, long recordedAt) => new StoredOutcome
    {
        OccurredAt = occurredAt,
        RecordedAt = recordedAt,
        Id = row.Text()!,
        Won = row.Unsigned() == 1,
        Amount = row.Text(),
        Currency = row.Text(_pools.Currencies, static text => text),
    }.ToOutcome(leadId);
}
