using System.Globalization;
using Dapper;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Sqlite;

/// <summary>
/// Adds one batch inside one transaction, which is the only one that writes. Each statement is prepared once and run for every row with
/// the same parameters; all of it runs in the caller's thread.
/// </summary>
internal sealed class SqliteAppender(HistoryBatch batch, SqliteConnection connection, SqliteTransaction transaction, CancellationToken ct)
    : Appender(batch, connection, transaction, postgres: false, ct), IDisposable
{
    private readonly SqliteLeadKeys _keys = new(connection, transaction);

    public void Dispose() => _keys.Dispose();

    protected override Task LockAsync(bool alone) => Task.CompletedTask;

    protected override Task<IReadOnlyList<LeadName>> FindAsync(IReadOnlyCollection<string> names)
    {
        var found = new List<LeadName>();
        bool aliases = connection.ExecuteScalar<long>(SqliteStatements.AnyAlias, transaction: transaction) != 0;
        foreach (string name in names)
        {
            if (_keys.Find(name) is not null)
            {
                found.Add(new() { Name = name, LeadId = name, Known = true });
            }
            else if (aliases && connection.QuerySingleOrDefault<LeadName>(SqliteStatements.FindAliasAsTold, new { name }, transaction) is { } alias)
            {
                alias.Known = _keys.Find(alias.LeadId) is not null;
                found.Add(alias);
            }
        }

        return Task.FromResult<IReadOnlyList<LeadName>>(found);
    }

    protected override Task AddAsync(IReadOnlyList<LeadAlias> aliases)
    {
        var rows = aliases.Select(alias => new { alias.Alias, alias.LeadId, ToldAt = UtcTime.ToMicroseconds(alias.ToldAt) }).ToArray();
        connection.Execute(SqliteStatements.AddAlias, rows, transaction);
        connection.Execute(SqliteStatements.TurnAlias, rows, transaction);
        return Task.CompletedTask;
    }

    protected override Task<AddedRows> AddAsync(IReadOnlyList<Account> rows, bool tell) => Add(SqliteStatements.AddAccount, rows, static (account, values) =>
    {
        values[0] = account.Id;
        values[1] = account.Name;
        values[2] = account.Domain;
        values[3] = Micros(account.CreatedAt);
        values[4] = Micros(account.RecordedAt);
    });

    protected override Task<AddedRows> AddAsync(IReadOnlyList<Lead> rows, bool tell) => Add(SqliteStatements.AddLead, rows, SetLead);

    protected override Task<AddedRows> AddAsync(IReadOnlyList<Touch> rows, bool tell) => Add(SqliteStatements.AddTouch, rows, (touch, values) =>
    {
        values[0] = _keys.Find(touch.LeadId);
        values[1] = touch.Id;
        values[2] = touch.Type;
        values[3] = Micros(touch.OccurredAt);
        values[4] = Micros(touch.RecordedAt);
        values[5] = PropertiesJson.Write(touch.Properties);
    });

    protected override Task<AddedRows> AddAsync(IReadOnlyList<AttributeChange> rows, bool tell) => Add(SqliteStatements.AddAttribute, rows, (change, values) =>
    {
        values[0] = _keys.Find(change.LeadId);
        values[1] = change.Name;
        values[2] = Micros(change.OccurredAt);
        values[3] = Micros(change.RecordedAt);
        values[4] = (long)change.Value.Kind;
        values[5] = change.Value.Text;
        values[6] = change.Value.Kind is AttributeKind.Number or AttributeKind.Boolean ? change.Value.Number : null;
    });

    protected override Task<AddedRows> AddAsync(IReadOnlyList<StageTransition> rows, bool tell) => Add(SqliteStatements.AddTransition, rows, (transition, values) =>
    {
        values[0] = _keys.Find(transition.LeadId);
        values[1] = transition.Id;
        values[2] = transition.To.ToString();
        values[3] = Micros(transition.OccurredAt);
        values[4] = Micros(transition.RecordedAt);
        values[5] = transition.Actor;
        values[6] = transition.Reason;
    });

    protected override Task<AddedRows> AddAsync(IReadOnlyList<Outcome> rows, bool tell) => Add(SqliteStatements.AddOutcome, rows, (outcome, values) =>
    {
        values[0] = _keys.Find(outcome.LeadId);
        values[1] = outcome.Id;
        values[2] = outcome.Won ? 1L : 0L;
        values[3] = outcome.Amount?.ToString(CultureInfo.InvariantCulture);
        values[4] = outcome.Currency;
        values[5] = Micros(outcome.OccurredAt);
        values[6] = Micros(outcome.RecordedAt);
    });

    protected override Task<AddedRows> MarkAsync(IReadOnlyList<(string LeadId, string Mark)> marks) => Add(SqliteStatements.AddMark, marks, static (mark, values) =>
    {
        values[0] = mark.LeadId;
        values[1] = mark.Mark;
    });

    protected override Task<IReadOnlyList<StoredValue>> ValuesAsync(IReadOnlyCollection<string> leadIds) => Task.FromResult<IReadOnlyList<StoredValue>>(
        [.. leadIds.SelectMany(lead => connection.Query<StoredValue>(SqliteStatements.Values, new { lead }, transaction))]);

    protected override Task<IReadOnlyList<StoredDeal>> DealsAsync(IReadOnlyCollection<Outcome> told) => Task.FromResult<IReadOnlyList<StoredDeal>>(
        [.. told.SelectMany(row => connection.Query<StoredDeal>(SqliteStatements.Deals, new { row.Id, row.LeadId }, transaction)).DistinctBy(row => row.Id)]);

    protected override async Task<IReadOnlyList<string>> FillAsync(IReadOnlyList<Lead> leads)
    {
        AddedRows filled = await Add(SqliteStatements.FillLead, leads, SetLead).ConfigureAwait(false);
        return [.. leads.Where((_, i) => filled.Each![i]).Select(lead => lead.Id)];
    }

    protected override Task ParkAsync(IReadOnlyList<WaitingRow> rows) => Add(SqliteStatements.AddWaiting, rows, static (row, values) =>
    {
        values[0] = row.LeadId;
        values[1] = row.Kind;
        values[2] = row.Id;
        values[3] = row.Content;
    });

    protected override Task<IReadOnlyList<WaitingRow>> TakeAsync(IReadOnlyCollection<string> names)
    {
        var taken = new List<WaitingRow>();
        if (connection.ExecuteScalar<long>(SqliteStatements.AnyWaiting, transaction: transaction) != 0)
        {
            foreach (string name in names)
            {
                taken.AddRange(connection.Query<WaitingRow>(SqliteStatements.TakeWaiting, new { name }, transaction));
            }
        }

        return Task.FromResult<IReadOnlyList<WaitingRow>>(taken);
    }

    protected override Appender Of(HistoryBatch other) => new SqliteAppender(other, connection, transaction, Stop);

    private static long Micros(DateTimeOffset instant) => UtcTime.ToMicroseconds(instant);

    private static void SetLead(Lead lead, SqliteRowCommand values)
    {
        values[0] = lead.Id;
        values[1] = lead.AccountId;
        values[2] = lead.Source;
        values[3] = Micros(lead.CreatedAt);
        values[4] = Micros(lead.RecordedAt);
        values[5] = UtcTime.ToMicroseconds(lead.AccountKnownAt);
    }

    private Task<AddedRows> Add<TRow>(SqliteRowText text, IReadOnlyList<TRow> rows, Action<TRow, SqliteRowCommand> fill)
    {
        Stop.ThrowIfCancellationRequested();
        if (rows.Count == 0)
        {
            return Task.FromResult(new AddedRows(0, []));
        }

        using var insert = new SqliteRowCommand(connection, transaction, text);
        int added = 0;
        bool[] each = new bool[rows.Count];
        for (int i = 0; i < each.Length; i++)
        {
            fill(rows[i], insert);
            each[i] = insert.Run() > 0;
            added += each[i] ? 1 : 0;
        }

        return Task.FromResult(new AddedRows(added, each));
    }
}
