using System.Data.Common;
using Dapper;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.People;

namespace LeadPredict.Storage.Boards;

/// <summary>The board in tables.</summary>
internal sealed class StoredBoard(IStoreDatabase database) : IBoardStore
{
    public Task<KeptBoard?> FindAsync(string name, CancellationToken ct = default) => database.ReadAsync(
        async (connection, transaction) =>
        {
            (long At, string Content)? row = await connection.QuerySingleOrDefaultAsync<(long, string)?>(
                new("SELECT made_at, content FROM boards WHERE name = @name", new { name }, transaction, cancellationToken: ct)).ConfigureAwait(false);
            return row is { } found ? new KeptBoard(name, UtcTime.FromMicroseconds(found.At), found.Content) : null;
        },
        ct);

    public Task KeepAsync(KeptBoard board, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(board);
        return database.WriteAsync((connection, transaction) => PutAsync(connection, transaction, board, ct), ct);
    }

    public Task ReplaceAsync(KeptBoard board, IReadOnlyList<KeptCall> calls, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(calls);
        return database.WriteAsync(
            async (connection, transaction) =>
            {
                IReadOnlyList<KeptCall> kept = await NotForgottenAsync(calls, connection, transaction, ct).ConfigureAwait(false);

                // The row of the board comes first: two writers take turns at it.
                await PutAsync(connection, transaction, board, ct).ConfigureAwait(false);
                await connection.ExecuteAsync(new("DELETE FROM call_list", transaction: transaction, cancellationToken: ct)).ConfigureAwait(false);
                await connection.ExecuteAsync(new("DELETE FROM call_texts", transaction: transaction, cancellationToken: ct)).ConfigureAwait(false);
                await CallRows.InsertAsync(connection, transaction, database.IsPostgres, kept, ct).ConfigureAwait(false);
                return true;
            },
            ct);
    }

    public Task MendAsync(string leadId, KeptCall? call, CancellationToken ct = default) => database.WriteAsync(
        async (connection, transaction) =>
        {
            IReadOnlyList<KeptCall> kept = await NotForgottenAsync(call is null ? [] : [call], connection, transaction, ct).ConfigureAwait(false);
            await connection.ExecuteAsync(new("DELETE FROM call_list WHERE lead_id = @leadId", new { leadId }, transaction, cancellationToken: ct)).ConfigureAwait(false);
            await connection.ExecuteAsync(new("DELETE FROM call_texts WHERE lead_id = @leadId", new { leadId }, transaction, cancellationToken: ct)).ConfigureAwait(false);
            await CallRows.InsertAsync(connection, transaction, database.IsPostgres, kept, ct).ConfigureAwait(false);
            return true;
        },
        ct);

    public Task<IReadOnlyList<string>> ListAsync(CallFilter filter, CallOrder order, int skip, int most, CancellationToken ct = default) => ReadAsync<IReadOnlyList<string>>(
        filter,
        async (connection, transaction, where, values) =>
        {
            values.AddDynamicParams(new { skip, most });

            // The rows are chosen first, so that texts of others are not read.
            return [.. await connection.QueryAsync<string>(new(
                $"SELECT t.content FROM (SELECT * FROM call_list{where} ORDER BY {CallRows.Order(order)} LIMIT @most OFFSET @skip) c "
                + $"JOIN call_texts t ON t.lead_id = c.lead_id ORDER BY {CallRows.Order(order, "c.")}",
                values,
                transaction,
                cancellationToken: ct)).ConfigureAwait(false)];
        },
        ct);

    public Task<IReadOnlyDictionary<string, string>> StagesAsync(CancellationToken ct = default) => database.ReadAsync<IReadOnlyDictionary<string, string>>(
        async (connection, transaction) => (await connection.QueryAsync<(string Lead, string Stage)>(
            new("SELECT lead_id, stage FROM call_list", transaction: transaction, cancellationToken: ct)).ConfigureAwait(false))
            .ToDictionary(row => row.Lead, row => row.Stage, StringComparer.Ordinal),
        ct);

    public Task<string?> FindCallAsync(string leadId, CancellationToken ct = default) => database.ReadAsync(
        (connection, transaction) => connection.ExecuteScalarAsync<string?>(
            new("SELECT content FROM call_texts WHERE lead_id = @leadId", new { leadId }, transaction, cancellationToken: ct)),
        ct);

    public Task<CallTotals> TotalAsync(CallFilter filter, int capacity, DateTimeOffset asOf, DateTimeOffset now, CancellationToken ct = default) => ReadAsync(
        filter,
        async (connection, transaction, where, values) =>
        {
            values.AddDynamicParams(new { capacity, asOf = UtcTime.ToMicroseconds(asOf), now = UtcTime.ToMicroseconds(now) });
            (long leads, long overdue) = await connection.QuerySingleAsync<(long, long)>(new(
                $"SELECT count(*), count(CASE WHEN call_due < CASE WHEN stage_since >= @asOf THEN @now ELSE @asOf END THEN 1 END) FROM call_list{where}", values, transaction, cancellationToken: ct)).ConfigureAwait(false);
            (long first, long promised, double? wins, double? worth, long worths) = await connection.QuerySingleAsync<(long, long, double?, double?, long)>(new(
                $"SELECT count(*), count(CASE WHEN {CallRows.Promised} THEN 1 END), sum(CASE WHEN {CallRows.Promised} THEN probability END), "
                + $"sum(CASE WHEN {CallRows.Promised} THEN worth END), count(CASE WHEN {CallRows.Promised} THEN worth END) FROM "
                + $"(SELECT value, probability, worth FROM call_list{where} ORDER BY {CallRows.Order(CallOrder.Worth)} LIMIT @capacity) firsts",
                values,
                transaction,
                cancellationToken: ct)).ConfigureAwait(false);
            return new CallTotals((int)leads, (int)overdue, (int)first, wins ?? 0, worths == promised ? worth : null);
        },
        ct);

    /// <summary>Drops leads, or those that they are read as, from the call list in somebody's transaction. Asks first, since whoever only appends needs no right to delete where none is listed.</summary>
    public static async Task DropAsync(IReadOnlyCollection<string> leads, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        (string theirs, object those) = (ReadAs.Condition(postgres), ReadAs.Parameters(leads, postgres));
        if (leads.Count > 0 && await connection.ExecuteScalarAsync<bool>(new($"SELECT EXISTS (SELECT 1 FROM call_list WHERE {theirs})", those, transaction, cancellationToken: ct)).ConfigureAwait(false))
        {
            foreach (string table in new[] { "call_list", "call_texts" })
            {
                await connection.ExecuteAsync(new($"DELETE FROM {table} WHERE {theirs}", those, transaction, cancellationToken: ct)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The calls without those of leads that were forgotten after they were read.</summary>
    private async Task<IReadOnlyList<KeptCall>> NotForgottenAsync(
        IReadOnlyList<KeptCall> calls, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        HashSet<string> forgotten = await ForgottenLeads.AmongAsync(
            calls.Select(call => call.LeadId), connection, transaction, database.IsPostgres, ct).ConfigureAwait(false);
        return forgotten.Count == 0 ? calls : [.. calls.Where(call => !forgotten.Contains(call.LeadId))];
    }

    public Task<int> CountCalledAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken ct = default) => database.ReadAsync(
        (connection, transaction) => connection.ExecuteScalarAsync<int>(new(
            $"SELECT count(DISTINCT {(database.IsPostgres ? "lead_id" : "lead_key")}) FROM touches WHERE type IN ('call', 'meeting') AND occurred_at >= @from AND occurred_at < @until",
            new { from = UtcTime.ToMicroseconds(from), until = UtcTime.ToMicroseconds(until) },
            transaction,
            cancellationToken: ct)),
        ct);

    private static Task<int> PutAsync(DbConnection connection, DbTransaction transaction, KeptBoard board, CancellationToken ct) => connection.ExecuteAsync(new(
        "INSERT INTO boards (name, made_at, content) VALUES (@Name, @At, @Content) "
        + "ON CONFLICT (name) DO UPDATE SET made_at = excluded.made_at, content = excluded.content",
        new { board.Name, At = UtcTime.ToMicroseconds(board.MadeAt), board.Content },
        transaction,
        cancellationToken: ct));

    private Task<T> ReadAsync<T>(CallFilter filter, Func<DbConnection, DbTransaction, string, DynamicParameters, Task<T>> work, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        (string where, DynamicParameters values) = CallRows.Where(filter);
        return database.ReadAsync((connection, transaction) => work(connection, transaction, where, values), ct);
    }
}
