using System.Globalization;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Storage.Rows;

// What stands in the tables, column for column; Dapper fills these by name. Instants are microseconds.

internal sealed class StoredLead
{
    public long LeadKey { get; set; }

    public string GroupKey { get; set; } = "";

    public string Id { get; set; } = "";

    public string? AccountId { get; set; }

    public string? Source { get; set; }

    public long CreatedAt { get; set; }

    public long RecordedAt { get; set; }

    public bool AccountKnown { get; set; }

    public string? AccountName { get; set; }

    public string? AccountDomain { get; set; }

    public long AccountCreatedAt { get; set; }

    public long AccountRecordedAt { get; set; }

    public Lead ToLead() => new()
    {
        Id = Id,
        AccountId = AccountId,
        Source = Source,
        CreatedAt = UtcTime.FromMicroseconds(CreatedAt),
        RecordedAt = UtcTime.FromMicroseconds(RecordedAt),
    };

    public Account? ToAccount() => !AccountKnown ? null : new()
    {
        Id = AccountId!,
        Name = AccountName,
        Domain = AccountDomain,
        CreatedAt = UtcTime.FromMicroseconds(AccountCreatedAt),
        RecordedAt = UtcTime.FromMicroseconds(AccountRecordedAt),
    };
}

/// <summary>A row of one lead, ordered with the leads.</summary>
internal abstract class StoredRow
{
    public long LeadKey { get; set; }

    public long OccurredAt { get; set; }

    public long RecordedAt { get; set; }
}

internal sealed class StoredTouch : StoredRow
{
    public string Id { get; set; } = "";

    public string Type { get; set; } = "";

    public string? Properties { get; set; }

    public Touch ToTouch(string leadId) => new()
    {
        Id = Id,
        LeadId = leadId,
        Type = Type,
        OccurredAt = UtcTime.FromMicroseconds(OccurredAt),
        RecordedAt = UtcTime.FromMicroseconds(RecordedAt),
        Properties = PropertiesJson.Read(Properties),
    };
}

internal sealed class StoredAttribute : StoredRow
{
    public string Name { get; set; } = "";

    public int Kind { get; set; }

    public string? Text { get; set; }

    public double? Number { get; set; }

    public AttributeChange ToChange(string leadId) => new()
    {
        LeadId = leadId,
        Name = Name,
        Value = (AttributeKind)Kind switch
        {
            AttributeKind.Text => AttributeValue.Of(Text!),
            AttributeKind.Number => AttributeValue.Of(Number!.Value),
            AttributeKind.Boolean => AttributeValue.Of(Number!.Value != 0),
            _ => AttributeValue.Missing,
        },
        OccurredAt = UtcTime.FromMicroseconds(OccurredAt),
        RecordedAt = UtcTime.FromMicroseconds(RecordedAt),
    };
}

internal sealed class StoredTransition : StoredRow
{
    public string Id { get; set; } = "";

    public string Stage { get; set; } = "";

    public string? Actor { get; set; }

    public string? Reason { get; set; }

    public StageTransition ToTransition(string leadId) => new()
    {
        Id = Id,
        LeadId = leadId,
        To = Enum.Parse<Stage>(Stage),
        OccurredAt = UtcTime.FromMicroseconds(OccurredAt),
        RecordedAt = UtcTime.FromMicroseconds(RecordedAt),
        Actor = Actor,
        Reason = Reason,
    };
}

internal sealed class StoredOutcome : StoredRow
{
    public string Id { get; set; } = "";

    public bool Won { get; set; }

    public string? Amount { get; set; }

    public string? Currency { get; set; }

    public Outcome ToOutcome(string leadId) => new()
    {
        Id = Id,
        LeadId = leadId,
        Won = Won,
        Amount = Amount is null ? null : decimal.Parse(Amount, CultureInfo.InvariantCulture),
        Currency = Currency,
        OccurredAt = UtcTime.FromMicroseconds(OccurredAt),
        RecordedAt = UtcTime.FromMicroseconds(RecordedAt),
    };
}
