using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Rows;

namespace LeadPredict.Storage.Postgres;

/// <summary>The six kinds of rows.</summary>
internal static class PostgresKinds
{
    public static readonly PostgresKind<Account> Accounts = new(
        "accounts", ["id", "name", "domain", "created_at", "recorded_at"], 1, account => account.Id, account => (account.Id, ""),
        static (columns, account) =>
        {
            columns.Text(account.Id);
            columns.Text(account.Name);
            columns.Text(account.Domain);
            columns.Instants(account.CreatedAt, account.RecordedAt);
        });

    public static readonly PostgresKind<Lead> Leads = new(
        "leads", ["id", "account_id", "source", "created_at", "recorded_at", "account_known_at"], 1, lead => lead.Id, lead => (lead.Id, ""),
        static (columns, lead) =>
        {
            columns.Text(lead.Id);
            columns.Text(lead.AccountId);
            columns.Text(lead.Source);
            columns.Instants(lead.CreatedAt, lead.RecordedAt);
            columns.Integer(UtcTime.ToMicroseconds(lead.AccountKnownAt));
        });

    public static readonly PostgresKind<Touch> Touches = new(
        "touches", ["lead_id", "id", "type", "occurred_at", "recorded_at", "properties"], 2, touch => touch.Id, touch => (touch.LeadId, touch.Id),
        static (columns, touch) =>
        {
            columns.Text(touch.LeadId);
            columns.Text(touch.Id);
            columns.Text(touch.Type);
            columns.Instants(touch.OccurredAt, touch.RecordedAt);
            columns.Json(PropertiesJson.Write(touch.Properties));
        });

    public static readonly PostgresKind<AttributeChange> Attributes = new(
        "attributes",
        ["lead_id", "name", "occurred_at", "recorded_at", "kind", "text", "number"],
        4,
        change => (change.LeadId, change.Name, UtcTime.ToMicroseconds(change.OccurredAt), UtcTime.ToMicroseconds(change.RecordedAt)),
        change => (change.LeadId, change.Name),
        static (columns, change) =>
        {
            columns.Text(change.LeadId);
            columns.Text(change.Name);
            columns.Instants(change.OccurredAt, change.RecordedAt);
            columns.Small((short)change.Value.Kind);
            columns.Text(change.Value.Text);
            columns.Double(change.Value.Kind is AttributeKind.Number or AttributeKind.Boolean ? change.Value.Number : null);
        });

    public static readonly PostgresKind<StageTransition> Transitions = new(
        "transitions", ["lead_id", "id", "stage", "occurred_at", "recorded_at", "actor", "reason"], 2, row => row.Id, row => (row.LeadId, row.Id),
        static (columns, transition) =>
        {
            columns.Text(transition.LeadId);
            columns.Text(transition.Id);
            columns.Text(transition.To.ToString());
            columns.Instants(transition.OccurredAt, transition.RecordedAt);
            columns.Text(transition.Actor);
            columns.Text(transition.Reason);
        });

    public static readonly PostgresKind<Outcome> Outcomes = new(
        "outcomes", ["lead_id", "id", "won", "amount", "currency", "occurred_at", "recorded_at"], 2, row => row.Id, row => (row.LeadId, row.Id),
        static (columns, outcome) =>
        {
            columns.Text(outcome.LeadId);
            columns.Text(outcome.Id);
            columns.Boolean(outcome.Won);
            columns.Numeric(outcome.Amount);
            columns.Text(outcome.Currency);
            columns.Instants(outcome.OccurredAt, outcome.RecordedAt);
        });
}
