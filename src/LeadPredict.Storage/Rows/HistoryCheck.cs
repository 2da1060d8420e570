using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Errors;

namespace LeadPredict.Storage.Rows;

/// <summary>Holds a batch to what every store can keep, so that SQLite and PostgreSQL refuse the same rows.</summary>
internal sealed class HistoryCheck
{
    private const int MostFaults = 100;
    private const decimal LargestAmount = Funnel.Leads.Outcome.LargestAmount;
    private readonly List<HistoryFault> _faults = [];

    /// <summary>Throws when a row of the batch cannot be kept.</summary>
    public static void Demand(HistoryBatch batch)
    {
        var check = new HistoryCheck();
        foreach (Account account in batch.Accounts)
        {
            check.Account(account);
        }

        foreach (Lead lead in batch.Leads)
        {
            check.Lead(lead);
        }

        foreach (Touch touch in batch.Touches)
        {
            check.Touch(touch);
        }

        foreach (AttributeChange change in batch.Attributes)
        {
            check.Attribute(change);
        }

        foreach (StageTransition transition in batch.Transitions)
        {
            check.Transition(transition);
        }

        foreach (Outcome outcome in batch.Outcomes)
        {
            check.Outcome(outcome);
        }

        foreach (LeadAlias alias in batch.Aliases)
        {
            check.Key("alias", alias.Alias, "alias", alias.Alias);
            check.Key("alias", alias.Alias, "leadId", alias.LeadId);
            check.Instant("alias", alias.Alias, "toldAt", alias.ToldAt ?? UtcTime.Earliest);
        }

        if (check._faults.Count > 0)
        {
            throw new InvalidHistoryException(check._faults);
        }
    }

    private void Account(Account account)
    {
        Key("account", account.Id, "id", account.Id);
        Text("account", account.Id, "name", account.Name);
        Text("account", account.Id, "domain", account.Domain);
        Instant("account", account.Id, "createdAt", account.CreatedAt);
        Instant("account", account.Id, "recordedAt", account.RecordedAt);
    }

    private void Lead(Lead lead)
    {
        Key("lead", lead.Id, "id", lead.Id);
        if (lead.AccountId is { } account)
        {
            Key("lead", lead.Id, "accountId", account);
        }

        Text("lead", lead.Id, "source", lead.Source);
        Instant("lead", lead.Id, "createdAt", lead.CreatedAt);
        Instant("lead", lead.Id, "recordedAt", lead.RecordedAt);
        if (lead.AccountKnownAt is { } told)
        {
            Instant("lead", lead.Id, "accountKnownAt", told);
        }
    }

    private void Touch(Touch touch)
    {
        Row("touch", touch.Id, touch);
        Key("touch", touch.Id, "id", touch.Id);
        Key("touch", touch.Id, "type", touch.Type);
        foreach ((string name, AttributeValue value) in touch.Properties)
        {
            Text("touch", touch.Id, "properties", name);
            Text("touch", touch.Id, "properties." + name, value.Text);
        }
    }

    private void Attribute(AttributeChange change)
    {
        Row("attribute", change.LeadId, change);
        Key("attribute", change.LeadId, "name", change.Name);
        if (!string.IsNullOrEmpty(change.Name) && string.IsNullOrWhiteSpace(change.Name))
        {
            Report("attribute", change.LeadId, "name", "is blank; no feature has such a name");
        }

        Text("attribute", change.LeadId, change.Name, change.Value.Text);
    }

    private void Transition(StageTransition transition)
    {
        Row("transition", transition.Id, transition);
        Key("transition", transition.Id, "id", transition.Id);
        Text("transition", transition.Id, "actor", transition.Actor);
        Text("transition", transition.Id, "reason", transition.Reason);
        if (transition.To is < Stage.Lead or > Stage.Disqualified)
        {
            Report("transition", transition.Id, "to", $"{(int)transition.To} is no stage");
        }
    }

    private void Outcome(Outcome outcome)
    {
        Row("outcome", outcome.Id, outcome);
        Key("outcome", outcome.Id, "id", outcome.Id);
        Text("outcome", outcome.Id, "currency", outcome.Currency);
        if (outcome.Amount is { } amount && Math.Abs(amount) > LargestAmount)
        {
            Report("outcome", outcome.Id ?? "", "amount", $"is {amount:0.##}; expected at most {LargestAmount:0}, of either sign");
        }

        if (outcome.Id is not null && CorrectedAmounts.IsCorrection(outcome.Id))
        {
            Report("outcome", outcome.Id, "id", $"ends in {CorrectedAmounts.Suffix}, which corrections have; expected the deal's own id, with the amount that is right");
        }
    }

    private void Row(string kind, string id, HistoryRow row)
    {
        Key(kind, id, "leadId", row.LeadId);
        Instant(kind, id, "occurredAt", row.OccurredAt);
        Instant(kind, id, "recordedAt", row.RecordedAt);
    }

    private void Key(string kind, string id, string field, string value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Report(kind, id, field, "is empty");
        }
        else if (value.Length > HistoryBatch.LongestKey)
        {
            Report(kind, id, field, $"has {value.Length} characters; expected at most {HistoryBatch.LongestKey}");
        }

        Text(kind, id, field, value);
    }

    private void Text(string kind, string id, string field, string? value)
    {
        if (value is not null && StorableText.Fault(value) is { } fault)
        {
            Report(kind, id, field, fault);
        }
    }

    private void Instant(string kind, string id, string field, DateTimeOffset instant)
    {
        if (!UtcTime.IsInRange(instant))
        {
            Report(kind, id, field, $"{instant:O} is outside [{UtcTime.Earliest:yyyy-MM-dd}, {UtcTime.Latest:yyyy-MM-dd})");
        }
    }

    private void Report(string kind, string id, string field, string problem)
    {
        if (_faults.Count < MostFaults)
        {
            _faults.Add(new(kind, StorableText.Shown(id ?? ""), field, problem));
        }
    }
}
