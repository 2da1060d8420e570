using Dapper;
using LeadPredict.Funnel.Leads;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>Adds one batch inside one transaction.</summary>
internal sealed class PostgresAppender(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
{
    /// <summary>Up to so many rows of a kind are inserted one by one.</summary>
    private const int FewRows = 40;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);

    public async Task<AppendResult> AppendAsync(HistoryBatch batch)
    {
        AppendCount accounts = await AddAsync(PostgresKinds.Accounts, batch.Accounts).ConfigureAwait(false);
        AppendCount leads = await AddAsync(PostgresKinds.Leads, batch.Leads).ConfigureAwait(false);
        await LookUpLeadsAsync(batch).ConfigureAwait(false);
        return new()
        {
            Accounts = accounts,
            Leads = leads,
            Touches = await AddRowsAsync(PostgresKinds.Touches, batch.Touches).ConfigureAwait(false),
            Attributes = await AddRowsAsync(PostgresKinds.Attributes, batch.Attributes).ConfigureAwait(false),
            Transitions = await AddRowsAsync(PostgresKinds.Transitions, batch.Transitions).ConfigureAwait(false),
            Outcomes = await AddRowsAsync(PostgresKinds.Outcomes, batch.Outcomes).ConfigureAwait(false),
            UnknownLeads = [.. _unknown],
        };
    }

    /// <summary>Leads are never deleted, so that those found stay true until the rows are in.</summary>
    private async Task LookUpLeadsAsync(HistoryBatch batch)
    {
        string[] asked = [.. batch.Touches.Cast<IHistoryRow>().Concat(batch.Attributes).Concat(batch.Transitions).Concat(batch.Outcomes)
            .Select(row => row.LeadId).Distinct(StringComparer.Ordinal)];
        if (asked.Length == 0)
        {
            return;
        }

        _known.UnionWith(await connection.QueryAsync<string>(
            new(PostgresStatements.KnownLeads, new { ids = asked }, transaction, cancellationToken: ct)).ConfigureAwait(false));
        _unknown.UnionWith(asked.Where(id => !_known.Contains(id)));
    }

    private async Task<AppendCount> AddRowsAsync<TRow>(PostgresKind<TRow> kind, IReadOnlyList<TRow> rows)
        where TRow : IHistoryRow
    {
        if (_unknown.Count == 0)
        {
            return await AddAsync(kind, rows).ConfigureAwait(false);
        }

        TRow[] kept = [.. rows.Where(row => _known.Contains(row.LeadId))];
        return await AddAsync(kind, kept).ConfigureAwait(false) with { Orphaned = rows.Count - kept.Length };
    }

    private async Task<AppendCount> AddAsync<TRow>(PostgresKind<TRow> kind, IReadOnlyList<TRow> rows)
    {
        if (rows.Count == 0)
        {
            return default;
        }

        // An identifier that comes again in the batch is left out here: the first one stands.
        IEnumerable<TRow> once = rows.DistinctBy(kind.Identity);
        int added = rows.Count <= FewRows
            ? await InsertAsync(kind, once).ConfigureAwait(false)
            : await StageAsync(kind, once).ConfigureAwait(false);
        return new(added, rows.Count - added);
    }

    private async Task<int> StageAsync<TRow>(PostgresKind<TRow> kind, IEnumerable<TRow> rows)
    {
        await connection.ExecuteAsync(new(kind.Stage, transaction: transaction, cancellationToken: ct)).ConfigureAwait(false);
        await CopyAsync(kind, rows).ConfigureAwait(false);
        return await connection.ExecuteAsync(new(kind.Insert, transaction: transaction, cancellationToken: ct)).ConfigureAwait(false);
    }

    private async Task CopyAsync<TRow>(PostgresKind<TRow> kind, IEnumerable<TRow> rows)
    {
        NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(kind.Copy, ct).ConfigureAwait(false);
        await using var _ = copy.ConfigureAwait(false);
        var columns = new CopiedColumns(copy);
        foreach (TRow row in rows)
        {
            await copy.StartRowAsync(ct).ConfigureAwait(false);
            kind.Write(columns, row);
        }

        await copy.CompleteAsync(ct).ConfigureAwait(false);
    }

    /// <summary>A statement a row, all in one message: making a table for a few rows would cost more, and swell the server's catalogue.</summary>
    private async Task<int> InsertAsync<TRow>(PostgresKind<TRow> kind, IEnumerable<TRow> rows)
    {
        var batch = new NpgsqlBatch(connection, transaction);
        await using var _ = batch.ConfigureAwait(false);
        foreach (TRow row in rows
            .OrderBy(row => kind.Order(row).First, StringComparer.Ordinal).ThenBy(row => kind.Order(row).Second, StringComparer.Ordinal))
        {
            var insert = new NpgsqlBatchCommand(kind.InsertOne);
            kind.Write(new BoundColumns(insert.Parameters), row);
            batch.BatchCommands.Add(insert);
        }

        return await batch.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }
}
