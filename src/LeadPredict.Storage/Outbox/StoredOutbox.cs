using System.Data.Common;
using Dapper;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.Operations;

namespace LeadPredict.Storage.Outbox;

/// <summary>Events in a table.</summary>
internal sealed class StoredOutbox(IStoreDatabase database) : IOutbox
{
    public const string Insert =
        "INSERT INTO outbox (event_id, lead_id, kind, payload, created_at, attempts, due_at) "
        + "VALUES (@EventId, @LeadId, @Kind, @Payload, @CreatedAt, 0, @DueAt) ON CONFLICT (event_id) DO NOTHING";

    private const string Columns = "o.id, o.event_id AS EventId, o.lead_id AS LeadId, o.kind, o.payload, o.created_at AS CreatedAt, o.attempts, o.error";
    private const string Due =
        $"SELECT {Columns} FROM outbox o WHERE o.delivered_at IS NULL AND o.dead_at IS NULL AND (o.due_at <= @now OR o.due_at > @beyond) AND NOT EXISTS ("
        + "SELECT 1 FROM outbox e WHERE e.lead_id = o.lead_id AND e.id < o.id AND e.delivered_at IS NULL AND e.dead_at IS NULL) "
        + "ORDER BY o.due_at, o.id LIMIT @most";

    private const string RemoveOvertaken =
        "DELETE FROM outbox WHERE dead_at IS NOT NULL AND EXISTS ("
        + "SELECT 1 FROM outbox o WHERE o.lead_id = outbox.lead_id AND o.id > outbox.id AND o.delivered_at IS NOT NULL)";

    // Changes nothing: what is noted as delivered meanwhile is noted before this transaction sees it, or after it, and then sees what it put back in line.
    private const string AwaitLater =
        "UPDATE outbox SET due_at = due_at WHERE delivered_at IS NULL AND dead_at IS NULL AND EXISTS ("
        + "SELECT 1 FROM outbox dead WHERE dead.lead_id = outbox.lead_id AND dead.id < outbox.id AND dead.dead_at IS NOT NULL)";

    private const string RemoveRevived =
        "DELETE FROM outbox WHERE id < @id AND delivered_at IS NULL AND dead_at IS NULL AND lead_id = (SELECT lead_id FROM outbox sent WHERE sent.id = @id AND sent.event_id = @eventId)";

    // Of each lead with events that were given up, the last that was delivered after one of them.
    private const string Overtaking =
        "SELECT max(later.id) FROM outbox dead JOIN outbox later ON later.lead_id = dead.lead_id AND later.id > dead.id "
        + "WHERE dead.dead_at IS NOT NULL AND later.delivered_at IS NOT NULL GROUP BY later.lead_id";

    // What was withdrawn while it was sent may have left its number to another event.
    private const string Sent = "id = @id AND event_id = @eventId";

    // Nothing waits as long as this: what is due later was put off when a clock was ahead.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    public Task<IReadOnlyList<WaitingEvent>> DueAsync(DateTimeOffset now, int most, CancellationToken ct = default) =>
        EventsAsync(Due, new { now = UtcTime.ToMicroseconds(now), beyond = UtcTime.ToMicroseconds(now + Longest), most }, ct);

    public Task DeliveredAsync(WaitingEvent sent, DateTimeOffset at, bool latestOnly = false, CancellationToken ct = default) => database.WriteAsync(
        async (connection, transaction) =>
        {
            object it = new { id = sent.Id, eventId = sent.Event.EventId, at = UtcTime.ToMicroseconds(at) };
            int noted = await connection.ExecuteAsync(new($"UPDATE outbox SET delivered_at = @at, error = NULL WHERE {Sent}", it, transaction, cancellationToken: ct)).ConfigureAwait(false);
            return latestOnly ? await connection.ExecuteAsync(new(RemoveRevived, it, transaction, cancellationToken: ct)).ConfigureAwait(false) : noted;
        },
        ct);

    public Task FailedAsync(WaitingEvent sent, string error, DateTimeOffset? nextAt, DateTimeOffset at, CancellationToken ct = default) => WriteAsync(
        $"UPDATE outbox SET attempts = attempts + 1, error = @error, due_at = @due, dead_at = @dead WHERE {Sent} AND delivered_at IS NULL",
        new
        {
            id = sent.Id,
            eventId = sent.Event.EventId,
            error = error.Length <= 500 ? error : error[..500],
            due = UtcTime.ToMicroseconds(nextAt ?? at),
            dead = nextAt is null ? UtcTime.ToMicroseconds(at) : (long?)null,
        },
        ct);

    public Task<IReadOnlyList<WaitingEvent>> DeadAsync(int most, CancellationToken ct = default) =>
        EventsAsync($"SELECT {Columns} FROM outbox o WHERE o.dead_at IS NOT NULL ORDER BY o.id DESC LIMIT @most", new { most }, ct);

    public Task<int> ReviveAsync(DateTimeOffset at, bool latestOnly, CancellationToken ct = default) => database.WriteAsync(
        async (connection, transaction) =>
        {
            if (latestOnly)
            {
                await connection.ExecuteAsync(new(AwaitLater, transaction: transaction, cancellationToken: ct)).ConfigureAwait(false);
                await connection.ExecuteAsync(new(RemoveOvertaken, transaction: transaction, cancellationToken: ct)).ConfigureAwait(false);
            }

            return await connection.ExecuteAsync(new(
                "UPDATE outbox SET dead_at = NULL, attempts = 0, due_at = @at WHERE dead_at IS NOT NULL",
                new { at = UtcTime.ToMicroseconds(at) },
                transaction,
                cancellationToken: ct)).ConfigureAwait(false);
        },
        ct);

    public Task<int> WithdrawAsync(string leadId, CancellationToken ct = default) =>
        WriteAsync("DELETE FROM outbox WHERE lead_id = @leadId AND delivered_at IS NULL", new { leadId }, ct);

    public Task<int> RemoveDeliveredBeforeAsync(DateTimeOffset instant, int most, CancellationToken ct = default) => WriteAsync(
        $"DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE delivered_at < @at AND id NOT IN ({Overtaking}) ORDER BY id LIMIT @most)", new { at = UtcTime.ToMicroseconds(instant), most }, ct);

    /// <summary>Withdraws what waits of leads, or of those that they are read as, in somebody's transaction. Asks first, since whoever only appends needs no right to delete where nothing waits.</summary>
    public static async Task WithdrawAsync(IReadOnlyCollection<string> leads, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        string theirs = $"FROM outbox WHERE delivered_at IS NULL AND {ReadAs.Condition(postgres)}";
        object those = ReadAs.Parameters(leads, postgres);
        if (leads.Count > 0 && await connection.ExecuteScalarAsync<bool>(new($"SELECT EXISTS (SELECT 1 {theirs})", those, transaction, cancellationToken: ct)).ConfigureAwait(false))
        {
            await connection.ExecuteAsync(new($"DELETE {theirs}", those, transaction, cancellationToken: ct)).ConfigureAwait(false);
        }
    }

    public Task<(long Waiting, long Dead)> CountAsync(CancellationToken ct = default) => database.ReadAsync(
        (connection, transaction) => connection.QuerySingleAsync<(long, long)>(new(
            "SELECT (SELECT count(*) FROM outbox WHERE delivered_at IS NULL AND dead_at IS NULL), (SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL)",
            transaction: transaction,
            cancellationToken: ct)),
        ct);

    // A lease that ends later than twice its length from now was taken when the clock was ahead. One length of that is left to a clock that is put right.
    public async Task<bool> TakeAsync(string name, string owner, DateTimeOffset now, TimeSpan length, CancellationToken ct = default)
    {
        string clock = database.IsPostgres ? "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint" : "@now";
        return await WriteAsync(
            $"INSERT INTO work_leases (name, owner, until) VALUES (@name, @owner, {clock} + @length) ON CONFLICT (name) DO UPDATE "
            + "SET owner = excluded.owner, until = excluded.until "
            + $"WHERE work_leases.owner = excluded.owner OR work_leases.until <= {clock} OR work_leases.until > {clock} + 2 * @length",
            new { name, owner, now = UtcTime.ToMicroseconds(now), length = (long)length.TotalMicroseconds },
            ct).ConfigureAwait(false) == 1;
    }

    private Task<int> WriteAsync(string statement, object parameters, CancellationToken ct) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(new(statement, parameters, transaction, cancellationToken: ct)), ct);

    private Task<IReadOnlyList<WaitingEvent>> EventsAsync(string statement, object parameters, CancellationToken ct) => database.ReadAsync<IReadOnlyList<WaitingEvent>>(
        async (connection, transaction) =>
        {
            IEnumerable<Row> rows = await connection.QueryAsync<Row>(new(statement, parameters, transaction, cancellationToken: ct)).ConfigureAwait(false);
            return [.. rows.Select(row => new WaitingEvent(
                row.Id, new(row.EventId, row.LeadId, row.Kind, row.Payload, UtcTime.FromMicroseconds(row.CreatedAt)), (int)row.Attempts, row.Error))];
        },
        ct);

    private sealed class Row
    {
        public required long Id { get; init; }

        public required string EventId { get; init; }

        public required string LeadId { get; init; }

        public required string Kind { get; init; }

        public required string Payload { get; init; }

        public required long CreatedAt { get; init; }

        public required long Attempts { get; init; }

        public string? Error { get; init; }
    }
}
