using System.Globalization;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Sqlite;

/// <summary>Adds one batch inside one transaction. Each statement is prepared once and run for every row with the same parameters.</summary>
internal sealed class SqliteAppender(SqliteConnection connection, SqliteTransaction transaction, CancellationToken ct) : IDisposable
{
    private readonly SqliteLeadKeys _keys = new(connection, transaction);

    public AppendResult Append(HistoryBatch batch) => new()
    {
        Accounts = Add(SqliteStatements.AddAccount, batch.Accounts, static (account, values) =>
        {
            values[0] = account.Id;
            values[1] = account.Name;
            values[2] = account.Domain;
            values[3] = Micros(account.CreatedAt);
            values[4] = Micros(account.RecordedAt);
        }),
        Leads = Add(SqliteStatements.AddLead, batch.Leads, static (lead, values) =>
        {
            values[0] = lead.Id;
            values[1] = lead.AccountId;
            values[2] = lead.Source;
            values[3] = Micros(lead.CreatedAt);
            values[4] = Micros(lead.RecordedAt);
        }),
        Touches = AddRows(SqliteStatements.AddTouch, batch.Touches, static (touch, key, values) =>
        {
            values[0] = key;
            values[1] = touch.Id;
            values[2] = touch.Type;
            values[3] = Micros(touch.OccurredAt);
            values[4] = Micros(touch.RecordedAt);
            values[5] = PropertiesJson.Write(touch.Properties);
        }),
        Attributes = AddRows(SqliteStatements.AddAttribute, batch.Attributes, static (change, key, values) =>
        {
            values[0] = key;
            values[1] = change.Name;
            values[2] = Micros(change.OccurredAt);
            values[3] = Micros(change.RecordedAt);
            values[4] = (long)change.Value.Kind;
            values[5] = change.Value.Text;
            values[6] = change.Value.Kind is AttributeKind.Number or AttributeKind.Boolean ? change.Value.Number : null;
        }),
        Transitions = AddRows(SqliteStatements.AddTransition, batch.Transitions, static (transition, key, values) =>
        {
            values[0] = key;
            values[1] = transition.Id;
            values[2] = transition.To.ToString();
            values[3] = Micros(transition.OccurredAt);
            values[4] = Micros(transition.RecordedAt);
            values[5] = transition.Actor;
            values[6] = transition.Reason;
        }),
        Outcomes = AddRows(SqliteStatements.AddOutcome, batch.Outcomes, static (outcome, key, values) =>
        {
            values[0] = key;
            values[1] = outcome.Id;
            values[2] = outcome.Won ? 1L : 0L;
            values[3] = outcome.Amount?.ToString(CultureInfo.InvariantCulture);
            values[4] = outcome.Currency;
            values[5] = Micros(outcome.OccurredAt);
            values[6] = Micros(outcome.RecordedAt);
        }),
        UnknownLeads = _keys.Unknown,
    };

    public void Dispose() => _keys.Dispose();

    private static long Micros(DateTimeOffset instant) => UtcTime.ToMicroseconds(instant);

    private AppendCount Add<TRow>(SqliteInsertText text, IReadOnlyList<TRow> rows, Action<TRow, SqliteInsert> fill)
    {
        ct.ThrowIfCancellationRequested();
        if (rows.Count == 0)
        {
            return default;
        }

        using var insert = new SqliteInsert(connection, transaction, text);
        int added = 0;
        foreach (TRow row in rows)
        {
            fill(row, insert);
            added += insert.Run();
        }

        return new(added, rows.Count - added);
    }

    private AppendCount AddRows<TRow>(SqliteInsertText text, IReadOnlyList<TRow> rows, Action<TRow, long, SqliteInsert> fill)
        where TRow : IHistoryRow
    {
        (TRow Row, long Key)[] kept = [.. rows.Select(row => (Row: row, Key: _keys.Find(row.LeadId)))
            .Where(row => row.Key is not null).Select(row => (row.Row, row.Key!.Value))];
        return Add(text, kept, (row, values) => fill(row.Row, row.Key, values)) with { Orphaned = rows.Count - kept.Length };
    }
}
