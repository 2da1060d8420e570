using Dapper;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Rows;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>Adds one batch inside one transaction.</summary>
/// <param name="batch">The rows.</param>
/// <param name="connection">Where the transaction runs.</param>
/// <param name="transaction">What is all of it or nothing.</param>
/// <param name="ct">Stops it.</param>
/// <param name="staged">The kinds that other batches of the transaction staged.</param>
internal sealed class PostgresAppender(
    HistoryBatch batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct, HashSet<object>? staged = null)
    : Appender(batch, connection, transaction, postgres: true, ct)
{
    /// <summary>Up to so many rows of a kind are inserted one by one.</summary>
    private const int FewRows = 40;

    /// <summary>The kinds that the transaction staged already.</summary>
    private readonly HashSet<object> _staged = staged ?? [];

    protected override Task LockAsync(bool alone) => RunAsync(alone ? PostgresStatements.LockAlone : PostgresStatements.LockShared);

    protected override Task<IReadOnlyList<LeadName>> FindAsync(IReadOnlyCollection<string> names) =>
        QueryAsync<LeadName>(PostgresStatements.FindNames, new { names = names.ToArray() });

    protected override async Task AddAsync(IReadOnlyList<LeadAlias> aliases)
    {
        var told = new
        {
            aliases = aliases.Select(alias => alias.Alias).ToArray(),
            leads = aliases.Select(alias => alias.LeadId).ToArray(),
            told = aliases.Select(alias => UtcTime.ToMicroseconds(alias.ToldAt)).ToArray(),
        };

        // Asked first: where nothing is to be turned it takes no right to change.
        if (await AskAsync(PostgresStatements.AddAliases, told).ConfigureAwait(false))
        {
            await RunAsync(PostgresStatements.TurnAliases, told).ConfigureAwait(false);
        }
    }

    protected override Task<AddedRows> AddAsync(IReadOnlyList<Account> rows, bool tell) => AddAsync(PostgresKinds.Accounts, rows, tell);

    protected override Task<AddedRows> AddAsync(IReadOnlyList<Lead> rows, bool tell) => AddAsync(PostgresKinds.Leads, rows, tell);

    protected override Task<AddedRows> AddAsync(IReadOnlyList<Touch> rows, bool tell) => AddAsync(PostgresKinds.Touches, rows, tell);

    protected override Task<AddedRows> AddAsync(IReadOnlyList<AttributeChange> rows, bool tell) => AddAsync(PostgresKinds.Attributes, rows, tell);

    protected override Task<AddedRows> AddAsync(IReadOnlyList<StageTransition> rows, bool tell) => AddAsync(PostgresKinds.Transitions, rows, tell);

    protected override Task<AddedRows> AddAsync(IReadOnlyList<Outcome> rows, bool tell) => AddAsync(PostgresKinds.Outcomes, rows, tell);

    protected override async Task<AddedRows> MarkAsync(IReadOnlyList<(string LeadId, string Mark)> marks)
    {
        IReadOnlyList<(string, string)> added = await QueryAsync<(string, string)>(
            PostgresStatements.AddMarks,
            new { leads = marks.Select(mark => mark.LeadId).ToArray(), marks = marks.Select(mark => mark.Mark).ToArray() }).ConfigureAwait(false);
        var left = added.ToHashSet();
        bool[] each = [.. marks.Select(mark => left.Remove(mark))];
        return new(added.Count, each);
    }

    protected override Task<IReadOnlyList<StoredValue>> ValuesAsync(IReadOnlyCollection<string> leadIds) =>
        QueryAsync<StoredValue>(PostgresStatements.Values, new { leads = leadIds.ToArray() });

    protected override Task<IReadOnlyList<StoredDeal>> DealsAsync(IReadOnlyCollection<Outcome> told) =>
        QueryAsync<StoredDeal>(PostgresStatements.Deals, new { ids = told.Select(row => row.Id).ToArray(), leads = told.Select(row => row.LeadId).ToArray() });

    protected override async Task<IReadOnlyList<string>> FillAsync(IReadOnlyList<Lead> leads)
    {
        // Of a file that is imported again few lack anything, or none.
        var lacking = (await QueryAsync<string>(PostgresStatements.FindLacking, new
        {
            ids = leads.Select(lead => lead.Id).ToArray(),
            accounts = leads.Select(lead => lead.AccountId).ToArray(),
            sources = leads.Select(lead => lead.Source).ToArray(),
            created = leads.Select(lead => UtcTime.ToMicroseconds(lead.CreatedAt)).ToArray(),
            recorded = leads.Select(lead => UtcTime.ToMicroseconds(lead.RecordedAt)).ToArray(),
            told = leads.Select(lead => UtcTime.ToMicroseconds(lead.AccountKnownAt)).ToArray(),
        }).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        foreach (Lead lead in leads.Where(lead => lacking.Contains(lead.Id)))
        {
            await RunAsync(PostgresStatements.FillLeads, new
            {
                id = lead.Id,
                account = lead.AccountId,
                source = lead.Source,
                created = UtcTime.ToMicroseconds(lead.CreatedAt),
                recorded = UtcTime.ToMicroseconds(lead.RecordedAt),
                told = UtcTime.ToMicroseconds(lead.AccountKnownAt),
            }).ConfigureAwait(false);
        }

        return [.. lacking];
    }

    protected override Task ParkAsync(IReadOnlyList<WaitingRow> rows) => RunAsync(PostgresStatements.Park, new
    {
        leads = rows.Select(row => row.LeadId).ToArray(),
        kinds = rows.Select(row => row.Kind).ToArray(),
        ids = rows.Select(row => row.Id).ToArray(),
        contents = rows.Select(row => row.Content).ToArray(),
    });

    protected override async Task<IReadOnlyList<WaitingRow>> TakeAsync(IReadOnlyCollection<string> names) =>
        await AskAsync(PostgresStatements.AnyWaiting).ConfigureAwait(false)
            ? await QueryAsync<WaitingRow>(PostgresStatements.TakeWaiting, new { names = names.ToArray() }).ConfigureAwait(false)
            : [];

    protected override Appender Of(HistoryBatch other) => new PostgresAppender(other, connection, transaction, Stop, _staged) { PeopleAlone = PeopleAlone };

    private Task<bool> AskAsync(string question, object? parameters = null) =>
        connection.ExecuteScalarAsync<bool>(new(question, parameters, transaction, cancellationToken: Stop));

    private Task RunAsync(string statement, object? parameters = null) =>
        connection.ExecuteAsync(new(statement, parameters, transaction, cancellationToken: Stop));

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string statement, object parameters) =>
        (await connection.QueryAsync<T>(new(statement, parameters, transaction, cancellationToken: Stop)).ConfigureAwait(false)).AsList();

    private async Task<AddedRows> AddAsync<TRow>(PostgresKind<TRow> kind, IReadOnlyList<TRow> rows, bool tell)
    {
        if (rows.Count == 0)
        {
            return new(0, []);
        }

        // An identifier that comes again in the batch is left out here: the first one stands.
        TRow[] once = [.. rows.DistinctBy(kind.Identity)];
        if (rows.Count > FewRows && !tell)
        {
            await StageAsync(kind, once).ConfigureAwait(false);
            return new(await connection.ExecuteAsync(new(kind.Insert, transaction: transaction, cancellationToken: Stop)).ConfigureAwait(false), null);
        }

        HashSet<object> added = rows.Count > FewRows
            ? await StageAndTellAsync(kind, once).ConfigureAwait(false)
            : await InsertAsync(kind, once).ConfigureAwait(false);
        int count = added.Count;
        return new(count, [.. rows.Select(row => added.Remove(kind.Identity(row)))]);
    }

    private async Task StageAsync<TRow>(PostgresKind<TRow> kind, TRow[] rows)
    {
        await RunAsync(_staged.Add(kind) ? kind.Stage : kind.StageAnew).ConfigureAwait(false);
        NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(kind.Copy, Stop).ConfigureAwait(false);
        await using var _ = copy.ConfigureAwait(false);
        var columns = new CopiedColumns(copy);
        foreach (TRow row in rows)
        {
            await copy.StartRowAsync(Stop).ConfigureAwait(false);
            kind.Write(columns, row);
        }

        await copy.CompleteAsync(Stop).ConfigureAwait(false);
    }

    private async Task<HashSet<object>> StageAndTellAsync<TRow>(PostgresKind<TRow> kind, TRow[] rows)
    {
        await StageAsync(kind, rows).ConfigureAwait(false);
        var insert = new NpgsqlCommand(kind.Insert + kind.Returning, connection, transaction);
        await using var _ = insert.ConfigureAwait(false);
        NpgsqlDataReader reader = await insert.ExecuteReaderAsync(Stop).ConfigureAwait(false);
        await using var reading = reader.ConfigureAwait(false);
        var added = new HashSet<object>();
        while (await reader.ReadAsync(Stop).ConfigureAwait(false))
        {
            added.Add(reader.FieldCount == 1
                ? reader.GetString(0)
                : (reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        return added;
    }

    /// <summary>A statement a row, all in one message: making a table for a few rows would cost more, and swell the server's catalogue.</summary>
    private async Task<HashSet<object>> InsertAsync<TRow>(PostgresKind<TRow> kind, TRow[] rows)
    {
        var inserts = new NpgsqlBatch(connection, transaction);
        await using var _ = inserts.ConfigureAwait(false);
        TRow[] sorted = [.. rows
            .OrderBy(row => kind.Order(row).First, StringComparer.Ordinal).ThenBy(row => kind.Order(row).Second, StringComparer.Ordinal)];
        foreach (TRow row in sorted)
        {
            var insert = new NpgsqlBatchCommand(kind.InsertOne);
            kind.Write(new BoundColumns(insert.Parameters), row);
            inserts.BatchCommands.Add(insert);
        }

        await inserts.ExecuteNonQueryAsync(Stop).ConfigureAwait(false);
        return [.. sorted.Where((_, i) => inserts.BatchCommands[i].RecordsAffected > 0).Select(kind.Identity)];
    }
}
