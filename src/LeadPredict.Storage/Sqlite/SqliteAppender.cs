using System.Globalization;
using Dapper;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Sqlite;

/// <summary>Adds one batch inside one transaction. Each statement is prepared once and run for every row.</summary>
internal sealed class SqliteAppender(SqliteConnection connection, SqliteTransaction transaction, CancellationToken ct)
{
    private readonly Dictionary<string, long?> _keys = new(StringComparer.Ordinal);

    public AppendResult Append(HistoryBatch batch) => new()
    {
        Accounts = Add(SqliteStatements.AddAccount, batch.Accounts.Select(account => new
        {
            account.Id,
            account.Name,
            account.Domain,
            CreatedAt = Micros(account.CreatedAt),
            RecordedAt = Micros(account.RecordedAt),
        }), batch.Accounts.Count),
        Leads = Add(SqliteStatements.AddLead, batch.Leads.Select(lead => new
        {
            lead.Id,
            lead.AccountId,
            lead.Source,
            CreatedAt = Micros(lead.CreatedAt),
            RecordedAt = Micros(lead.RecordedAt),
        }), batch.Leads.Count),
        Touches = AddRows(SqliteStatements.AddTouch, batch.Touches, (touch, key) => new
        {
            LeadKey = key,
            touch.Id,
            touch.Type,
            OccurredAt = Micros(touch.OccurredAt),
            RecordedAt = Micros(touch.RecordedAt),
            Properties = PropertiesJson.Write(touch.Properties),
        }),
        Attributes = AddRows(SqliteStatements.AddAttribute, batch.Attributes, (change, key) => new
        {
            LeadKey = key,
            change.Name,
            OccurredAt = Micros(change.OccurredAt),
            RecordedAt = Micros(change.RecordedAt),
            Kind = (int)change.Value.Kind,
            change.Value.Text,
            Number = change.Value.Kind is AttributeKind.Number or AttributeKind.Boolean ? change.Value.Number : (double?)null,
        }),
        Transitions = AddRows(SqliteStatements.AddTransition, batch.Transitions, (transition, key) => new
        {
            LeadKey = key,
            transition.Id,
            Stage = transition.To.ToString(),
            OccurredAt = Micros(transition.OccurredAt),
            RecordedAt = Micros(transition.RecordedAt),
            transition.Actor,
            transition.Reason,
        }),
        Outcomes = AddRows(SqliteStatements.AddOutcome, batch.Outcomes, (outcome, key) => new
        {
            LeadKey = key,
            outcome.Id,
            Won = outcome.Won ? 1 : 0,
            Amount = outcome.Amount?.ToString(CultureInfo.InvariantCulture),
            outcome.Currency,
            OccurredAt = Micros(outcome.OccurredAt),
            RecordedAt = Micros(outcome.RecordedAt),
        }),
        UnknownLeads = [.. _keys.Where(entry => entry.Value is null).Select(entry => entry.Key).Order(StringComparer.Ordinal)],
    };

    private static long Micros(DateTimeOffset instant) => UtcTime.ToMicroseconds(instant);

    private AppendCount AddRows<TRow, TParameters>(
        string statement, IReadOnlyList<TRow> rows, Func<TRow, long, TParameters> parameters)
        where TRow : IHistoryRow
    {
        (TRow Row, long? Key)[] resolved = [.. rows.Select(row => (row, KeyOf(row.LeadId)))];
        TParameters[] kept = [.. resolved.Where(row => row.Key is not null).Select(row => parameters(row.Row, row.Key!.Value))];
        return Add(statement, kept, kept.Length) with { Orphaned = rows.Count - kept.Length };
    }

    private AppendCount Add<TParameters>(string statement, IEnumerable<TParameters> rows, int count)
    {
        ct.ThrowIfCancellationRequested();
        int added = count == 0 ? 0 : connection.Execute(statement, rows, transaction);
        return new(added, count - added);
    }

    private long? KeyOf(string leadId)
    {
        if (!_keys.TryGetValue(leadId, out long? key))
        {
            key = connection.ExecuteScalar<long?>(SqliteStatements.KeyOfLead, new { id = leadId }, transaction);
            _keys.Add(leadId, key);
        }

        return key;
    }
}
