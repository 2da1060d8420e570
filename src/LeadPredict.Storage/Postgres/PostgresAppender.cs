using Dapper;
using LeadPredict.Funnel.Leads;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>Adds one batch inside one transaction.</summary>
internal sealed class PostgresAppender(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
{
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

        await connection.ExecuteAsync(new(kind.Stage, transaction: transaction, cancellationToken: ct)).ConfigureAwait(false);
        await CopyAsync(kind, rows).ConfigureAwait(false);
        int added = await connection.ExecuteAsync(new(kind.Insert, transaction: transaction, cancellationToken: ct)).ConfigureAwait(false);
        return new(added, rows.Count - added);
    }

    private async Task CopyAsync<TRow>(PostgresKind<TRow> kind, IReadOnlyList<TRow> rows)
    {
        NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(kind.Copy, ct).ConfigureAwait(false);
        await using var _ = copy.ConfigureAwait(false);

        // An identifier that comes again in the batch is left out here: the first one stands.
        foreach (TRow row in rows.DistinctBy(kind.Identity))
        {
            await copy.StartRowAsync(ct).ConfigureAwait(false);
            kind.Write(copy, row);
        }

        await copy.CompleteAsync(ct).ConfigureAwait(false);
    }
}
