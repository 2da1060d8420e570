using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Rows;
using Npgsql;
using NpgsqlTypes;

namespace LeadPredict.Storage.Postgres;

/// <summary>How rows of one kind go into their table: staged by binary COPY, then inserted in the order of the table's key.</summary>
/// <remarks>
/// The order is the same for every writer, so that two with the same rows wait for each other in turn and never crosswise.
/// </remarks>
/// <param name="Table">The table.</param>
/// <param name="Columns">Its columns, in the order written.</param>
/// <param name="Order">The columns of its key, the lead first.</param>
/// <param name="Identity">What the first write of stands.</param>
/// <param name="Write">Writes a row's columns.</param>
internal sealed record PostgresKind<TRow>(
    string Table, string Columns, string Order, Func<TRow, object> Identity, Action<NpgsqlBinaryImporter, TRow> Write)
{
    public string Stage { get; } = $"CREATE TEMP TABLE staged_{Table} ON COMMIT DROP AS SELECT {Columns} FROM {Table} WITH NO DATA";

    public string Copy { get; } = $"COPY staged_{Table} ({Columns}) FROM STDIN (FORMAT BINARY)";

    public string Insert { get; } =
        $"INSERT INTO {Table} ({Columns}) SELECT {Columns} FROM staged_{Table} ORDER BY {Order} ON CONFLICT DO NOTHING";
}

/// <summary>The six kinds of rows.</summary>
internal static class PostgresKinds
{
    public static readonly PostgresKind<Account> Accounts = new(
        "accounts", "id, name, domain, created_at, recorded_at", "id", account => account.Id, (copy, account) =>
        {
            Text(copy, account.Id);
            Text(copy, account.Name);
            Text(copy, account.Domain);
            Instants(copy, account.CreatedAt, account.RecordedAt);
        });

    public static readonly PostgresKind<Lead> Leads = new(
        "leads", "id, account_id, source, created_at, recorded_at", "id", lead => lead.Id, (copy, lead) =>
        {
            Text(copy, lead.Id);
            Text(copy, lead.AccountId);
            Text(copy, lead.Source);
            Instants(copy, lead.CreatedAt, lead.RecordedAt);
        });

    public static readonly PostgresKind<Touch> Touches = new(
        "touches", "lead_id, id, type, occurred_at, recorded_at, properties", "lead_id, id", touch => touch.Id, (copy, touch) =>
        {
            Text(copy, touch.LeadId);
            Text(copy, touch.Id);
            Text(copy, touch.Type);
            Instants(copy, touch.OccurredAt, touch.RecordedAt);
            Text(copy, PropertiesJson.Write(touch.Properties), NpgsqlDbType.Json);
        });

    public static readonly PostgresKind<AttributeChange> Attributes = new(
        "attributes",
        "lead_id, name, occurred_at, recorded_at, kind, text, number",
        "lead_id, name, occurred_at, recorded_at",
        change => (change.LeadId, change.Name, UtcTime.ToMicroseconds(change.OccurredAt), UtcTime.ToMicroseconds(change.RecordedAt)),
        (copy, change) =>
        {
            Text(copy, change.LeadId);
            Text(copy, change.Name);
            Instants(copy, change.OccurredAt, change.RecordedAt);
            copy.Write((short)change.Value.Kind, NpgsqlDbType.Smallint);
            Text(copy, change.Value.Text);
            if (change.Value.Kind is AttributeKind.Number or AttributeKind.Boolean)
            {
                copy.Write(change.Value.Number, NpgsqlDbType.Double);
            }
            else
            {
                copy.WriteNull();
            }
        });

    public static readonly PostgresKind<StageTransition> Transitions = new(
        "transitions", "lead_id, id, stage, occurred_at, recorded_at, actor, reason", "lead_id, id", transition => transition.Id,
        (copy, transition) =>
        {
            Text(copy, transition.LeadId);
            Text(copy, transition.Id);
            Text(copy, transition.To.ToString());
            Instants(copy, transition.OccurredAt, transition.RecordedAt);
            Text(copy, transition.Actor);
            Text(copy, transition.Reason);
        });

    public static readonly PostgresKind<Outcome> Outcomes = new(
        "outcomes", "lead_id, id, won, amount, currency, occurred_at, recorded_at", "lead_id, id", outcome => outcome.Id,
        (copy, outcome) =>
        {
            Text(copy, outcome.LeadId);
            Text(copy, outcome.Id);
            copy.Write(outcome.Won, NpgsqlDbType.Boolean);
            if (outcome.Amount is { } amount)
            {
                copy.Write(amount, NpgsqlDbType.Numeric);
            }
            else
            {
                copy.WriteNull();
            }

            Text(copy, outcome.Currency);
            Instants(copy, outcome.OccurredAt, outcome.RecordedAt);
        });

    private static void Text(NpgsqlBinaryImporter copy, string? text, NpgsqlDbType type = NpgsqlDbType.Text)
    {
        if (text is null)
        {
            copy.WriteNull();
        }
        else
        {
            copy.Write(text, type);
        }
    }

    private static void Instants(NpgsqlBinaryImporter copy, DateTimeOffset first, DateTimeOffset recorded)
    {
        copy.Write(UtcTime.ToMicroseconds(first), NpgsqlDbType.Bigint);
        copy.Write(UtcTime.ToMicroseconds(recorded), NpgsqlDbType.Bigint);
    }
}
