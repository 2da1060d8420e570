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

    /// <summary>The lead that this one is read as, or null.</summary>
    public string? MergedInto { get; set; }

    public string? Source { get; set; }

    public long CreatedAt { get; set; }

    public long RecordedAt { get; set; }

    /// <summary>When it was told of which account the lead is; null where it is known as long as the lead.</summary>
    public long? AccountToldAt { get; set; }

    public bool AccountKnown { get; set; }

    public string? AccountName { get; set; }

    public string? AccountDomain { get; set; }

    public long AccountCreatedAt { get; set; }

    public long AccountRecordedAt { get; set; }

    public Lead ToLead() => new()
    {
        Id = Id,
        AccountId = AccountId,
        AccountKnownAt = AccountToldAt is { } told && told > Math.Max(CreatedAt, RecordedAt) ? UtcTime.FromMicroseconds(told) : null,
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

    public static StoredTouch Of(Touch touch) => new()
    {
        Id = touch.Id,
        Type = touch.Type,
        OccurredAt = UtcTime.ToMicroseconds(touch.OccurredAt),
        RecordedAt = UtcTime.ToMicroseconds(touch.RecordedAt),
        Properties = PropertiesJson.Write(touch.Properties),
    };

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

    public static StoredAttribute Of(AttributeChange change) => new()
    {
        Name = change.Name,
        OccurredAt = UtcTime.ToMicroseconds(change.OccurredAt),
        RecordedAt = UtcTime.ToMicroseconds(change.RecordedAt),
        Kind = (int)change.Value.Kind,
        Text = change.Value.Text,
        Number = change.Value.Kind is AttributeKind.Number or AttributeKind.Boolean ? change.Value.Number : null,
    };

    /// <summary>The value of what the columns hold.</summary>
    public static AttributeValue ValueOf(AttributeKind kind, string? text, double number) => kind switch
    {
        AttributeKind.Text => AttributeValue.Of(text!),
        AttributeKind.Number => AttributeValue.Of(number),
        AttributeKind.Boolean => AttributeValue.Of(number != 0),
        _ => AttributeValue.Missing,
    };

    public AttributeChange ToChange(string leadId) => new()
    {
        LeadId = leadId,
        Name = Name,
        Value = ValueOf((AttributeKind)Kind, Text, Number.GetValueOrDefault()),
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

    public static StoredTransition Of(StageTransition transition) => new()
    {
        Id = transition.Id,
        Stage = transition.To.ToString(),
        OccurredAt = UtcTime.ToMicroseconds(transition.OccurredAt),
        RecordedAt = UtcTime.ToMicroseconds(transition.RecordedAt),
        Actor = transition.Actor,
        Reason = transition.Reason,
    };

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

internal class StoredOutcome : StoredRow
{
    public string Id { get; set; } = "";

    public bool Won { get; set; }

    public string? Amount { get; set; }

    public string? Currency { get; set; }

    public static StoredOutcome Of(Outcome outcome) => new()
    {
        Id = outcome.Id,
        Won = outcome.Won,
        Amount = outcome.Amount?.ToString(CultureInfo.InvariantCulture),
        Currency = outcome.Currency,
        OccurredAt = UtcTime.ToMicroseconds(outcome.OccurredAt),
        RecordedAt = UtcTime.ToMicroseconds(outcome.RecordedAt),
    };

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
