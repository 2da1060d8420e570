using System.Data;
using Dapper;
using LeadPredict.Storage.Rows;
using LeadPredict.Storage.Spool;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>
/// Reads the whole history for a spool: leads in order, then each table as it lies on the server's disk, by COPY. The server sorts and
/// looks up nothing; which lead a row is of is found here.
/// </summary>
internal sealed class PostgresSpooling(PostgresDatabase database)
{
    private const string LatestAccount = "SELECT coalesce(max(recorded_at), -1) FROM accounts";

    public async Task<HistorySpool> ReadAsync(CancellationToken ct)
    {
        NpgsqlConnection connection = await database.ConnectAsync(ct).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        NpgsqlTransaction view = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct).ConfigureAwait(false);
        await using var ending = view.ConfigureAwait(false);
        return await PostgresFaults.GuardAsync(database.Address, () => FillAsync(connection, view, ct)).ConfigureAwait(false);
    }

    private static async Task<HistorySpool> FillAsync(NpgsqlConnection connection, NpgsqlTransaction view, CancellationToken ct)
    {
        var spool = new SpoolWriter();
        try
        {
            spool.SawRecorded(await connection.ExecuteScalarAsync<long>(new(LatestAccount, transaction: view, cancellationToken: ct)).ConfigureAwait(false));
            await foreach (StoredLead lead in connection
                .QueryUnbufferedAsync<StoredLead>(PostgresStatements.Whole[0], transaction: view).WithCancellation(ct).ConfigureAwait(false))
            {
                spool.AddLead(lead);
            }

            // Rows are taken where they lie in a buffer, which needs a thread that may wait for the server.
            await Task.Run(() => CopyTables(connection, spool, ct), ct).ConfigureAwait(false);
            return spool.ToSpool();
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    private static void CopyTables(NpgsqlConnection connection, SpoolWriter spool, CancellationToken ct)
    {
        void Copy(SpoolTables table, string columns, Action<BinaryCopy, int> add)
        {
            spool.Begin(table);
            using NpgsqlRawCopyStream stream = connection.BeginRawBinaryCopy(
                $"COPY (SELECT lead_id, occurred_at, recorded_at, {columns} FROM {table.ToString().ToLowerInvariant()}) TO STDOUT (FORMAT BINARY)");
            var rows = new BinaryCopy(stream);
            while (rows.Next())
            {
                ct.ThrowIfCancellationRequested();
                add(rows, spool.PlaceOf(rows.Bytes(0)));
            }
        }

        Copy(SpoolTables.Touches, "id, type, properties", (row, lead) =>
            spool.AddTouch(lead, row.Text(3), row.Text(4), row.Int64(1), row.Int64(2), row.Text(5)));
        Copy(SpoolTables.Attributes, "name, kind, text, number", (row, lead) =>
            spool.AddAttribute(lead, row.Text(3), row.Int64(1), row.Int64(2), row.Int16(4), row.Text(5), row.Double(6)));
        Copy(SpoolTables.Transitions, "id, stage, actor, reason", (row, lead) =>
            spool.AddTransition(lead, row.Text(3), row.Text(4), row.Int64(1), row.Int64(2), row.Text(5), row.Text(6)));
        Copy(SpoolTables.Outcomes, "id, won, amount::text, currency", (row, lead) =>
            spool.AddOutcome(lead, row.Text(3), row.Boolean(4), row.Text(5), row.Text(6), row.Int64(1), row.Int64(2)));
    }
}
