using System.Data;
using Dapper;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Rows;
using LeadPredict.Storage.Spool;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>
/// Reads the whole history for a spool: leads in order, then each table as it lies on the server's disk, by COPY. The server sorts and looks up
/// nothing but leads; which lead a row is of is found here. Touches come over a connection of their own, beside the rest.
/// </summary>
internal sealed class PostgresSpooling(PostgresDatabase database, long now)
{
    /// <summary>The columns that every table begins with here.</summary>
    private const string Shared = "lead_id, occurred_at, recorded_at";

    public async Task<HistorySpool> ReadAsync(CancellationToken ct)
    {
        NpgsqlConnection connection = await database.ConnectAsync(ct).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        NpgsqlTransaction view = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct).ConfigureAwait(false);
        await using var ending = view.ConfigureAwait(false);
        return await PostgresFaults.GuardAsync(database.Address, () => FillAsync(connection, view, ct)).ConfigureAwait(false);
    }

    private async Task<HistorySpool> FillAsync(NpgsqlConnection connection, NpgsqlTransaction view, CancellationToken ct)
    {
        var spool = new SpoolWriter(now);
        try
        {
            spool.SawRecorded(await connection.ExecuteScalarAsync<long>(new(LastRecorded.Beside, new { now }, transaction: view, cancellationToken: ct)).ConfigureAwait(false));
            spool.SawDecisions(await connection.QueryAsync<long>(new(LastRecorded.Decisions, transaction: view, cancellationToken: ct)).ConfigureAwait(false));

            // Rows are taken where they lie in a buffer, which needs a thread that may wait for the server.
            await Task.Run(() => CopyLeads(connection, spool, ct), ct).ConfigureAwait(false);
            await CopyTablesAsync(connection, view, spool, ct).ConfigureAwait(false);
            return spool.ToSpool();
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    private async Task CopyTablesAsync(NpgsqlConnection connection, NpgsqlTransaction view, SpoolWriter spool, CancellationToken ct)
    {
        NpgsqlConnection? second = await SecondAsync(ct).ConfigureAwait(false);
        if (second is null)
        {
            await Task.Run(() => { CopyTouches(connection, spool, ct); CopyOthers(connection, spool, ct); }, ct).ConfigureAwait(false);
            return;
        }

        await using var closing = second.ConfigureAwait(false);
        string snapshot = (await connection.ExecuteScalarAsync<string>(new("SELECT pg_export_snapshot()", transaction: view, cancellationToken: ct)).ConfigureAwait(false))!;
        NpgsqlTransaction sameView = await second.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct).ConfigureAwait(false);
        await using var ending = sameView.ConfigureAwait(false);
        await second.ExecuteAsync(new($"SET TRANSACTION SNAPSHOT '{snapshot}'", transaction: sameView, cancellationToken: ct)).ConfigureAwait(false);

        // Where one of them fails, the other ends too.
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAll(Run(sameView, () => CopyTouches(second, spool, both.Token)), Run(view, () => CopyOthers(connection, spool, both.Token))).ConfigureAwait(false);

        Task Run(NpgsqlTransaction its, Action copy) => Task.Run(
            () =>
            {
                try
                {
                    copy();

                    // Servers may end a transaction that is idle, as the first would be until the second is done.
                    its.Commit();
                }
                catch
                {
                    both.Cancel();
                    throw;
                }
            },
            CancellationToken.None);
    }

    /// <summary>Another connection, or null where the server or the pool has none left: then one does.</summary>
    private async Task<NpgsqlConnection?> SecondAsync(CancellationToken ct)
    {
        if (database.Address.Settings.MaxPoolSize < 2)
        {
            return null;
        }

        try
        {
            return await database.ConnectAsync(ct).ConfigureAwait(false);
        }
        catch (StoreServerException)
        {
            return null;
        }
    }

    private static void CopyLeads(NpgsqlConnection connection, SpoolWriter spool, CancellationToken ct) =>
        Copy(connection, $"({PostgresStatements.Whole[0]})", _ => { }, (row, _) => spool.AddLead(new()
        {
            GroupKey = row.String(1)!,
            Id = row.String(2)!,
            AccountId = row.String(3),
            MergedInto = row.String(4),
            Source = row.String(5),
            CreatedAt = row.Int64(6),
            RecordedAt = row.Int64(7),
            AccountToldAt = row.IsNull(8) ? null : row.Int64(8),
            AccountKnown = row.Boolean(9),
            AccountName = row.String(10),
            AccountDomain = row.String(11),
            AccountCreatedAt = row.Int64(12),
            AccountRecordedAt = row.Int64(13),
        }), ct);

    private static void CopyTouches(NpgsqlConnection connection, SpoolWriter spool, CancellationToken ct) =>
        Copy(connection, spool, SpoolTables.Touches, $"touches ({Shared}, id, type, properties)", (table, row, lead) =>
            table.AddTouch(lead, row.Text(3), row.Text(4), row.Int64(1), row.Int64(2), row.Text(5)), ct);

    private static void CopyOthers(NpgsqlConnection connection, SpoolWriter spool, CancellationToken ct)
    {
        Copy(connection, spool, SpoolTables.Attributes, $"attributes ({Shared}, name, kind, text, number)", (table, row, lead) =>
            table.AddAttribute(lead, row.Text(3), row.Int64(1), row.Int64(2), row.Int16(4), row.Text(5), row.Double(6)), ct);
        Copy(connection, spool, SpoolTables.Transitions, $"transitions ({Shared}, id, stage, actor, reason)", (table, row, lead) =>
            table.AddTransition(lead, row.Text(3), row.Text(4), row.Int64(1), row.Int64(2), row.Text(5), row.Text(6)), ct);
        Copy(connection, spool, SpoolTables.Outcomes, $"(SELECT {Shared}, id, won, amount::text, currency FROM outcomes)", (table, row, lead) =>
            table.AddOutcome(lead, row.Text(3), row.Boolean(4), row.Text(5), row.Text(6), row.Int64(1), row.Int64(2)), ct);
    }

    private static void Copy(
        NpgsqlConnection connection, SpoolWriter spool, SpoolTables table, string source, Action<SpoolRows, BinaryCopy, int> add, CancellationToken ct)
    {
        SpoolRows rows = spool.Begin(table);
        var leads = new ulong[BinaryCopy.MostAtOnce];
        Copy(
            connection,
            source,
            row =>
            {
                for (int i = 0; i < row.Count; i++)
                {
                    row.Go(i);
                    leads[i] = SpoolRows.HashOf(row.Bytes(0));
                }

                rows.Expect(leads.AsSpan(0, row.Count));
            },
            (row, i) => add(rows, row, rows.PlaceOf(leads[i], row.Bytes(0))),
            ct);
    }

    /// <summary>Reads rows, some at a time: those at hand are looked at together first, then taken one by one.</summary>
    /// <param name="connection">To the server.</param>
    /// <param name="source">A table with its columns, which the server reads without running a query, or a query in brackets.</param>
    /// <param name="look">Called with the rows at hand.</param>
    /// <param name="add">Called with each of them and its number.</param>
    /// <param name="ct">Stops the work.</param>
    private static void Copy(NpgsqlConnection connection, string source, Action<BinaryCopy> look, Action<BinaryCopy, int> add, CancellationToken ct)
    {
        using NpgsqlRawCopyStream stream = connection.BeginRawBinaryCopy($"COPY {source} TO STDOUT (FORMAT BINARY)");
        var rows = new BinaryCopy(stream);
        while (rows.Next())
        {
            ct.ThrowIfCancellationRequested();
            look(rows);
            for (int row = 0; row < rows.Count; row++)
            {
                rows.Go(row);
                add(rows, row);
            }
        }
    }
}
