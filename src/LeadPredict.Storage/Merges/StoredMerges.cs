using System.Data.Common;
using Dapper;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Operations;

namespace LeadPredict.Storage.Merges;

/// <summary>Merges in a table, and what follows of them in the leads' <c>merged_into</c>, <c>read_account</c> and <c>read_group</c>.</summary>
internal sealed class StoredMerges(IStoreDatabase database) : IMergeStore
{
    private const string Columns = "id AS Id, kind AS Kind, kept AS Kept, merged AS Merged, reason AS Reason, merged_at AS MergedAt, undone_at AS UndoneAt";

    public Task<Merge> MergeAsync(MergeKind kind, string kept, string merged, string reason, DateTimeOffset at, CancellationToken ct = default) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                await DemandAsync(connection, transaction, kind, kept, merged).ConfigureAwait(false);
                long id = await connection.ExecuteScalarAsync<long>(
                    """
                    INSERT INTO merges (kind, kept, merged, root, reason, merged_at) VALUES (@kind, @kept, @merged, @kept, @reason, @at) RETURNING id
                    """,
                    new { kind = Word(kind), kept, merged, reason, at = UtcTime.ToMicroseconds(at) },
                    transaction).ConfigureAwait(false);
                await ApplyAsync(connection, transaction).ConfigureAwait(false);
                return new Merge(id, kind, kept, merged, reason, UtcTime.Normalize(at), null);
            },
            ct);

    public Task<bool> UndoAsync(long id, DateTimeOffset at, CancellationToken ct = default) => database.WriteAsync(
        async (connection, transaction) =>
        {
            int undone = await connection.ExecuteAsync(
                "UPDATE merges SET undone_at = @at WHERE id = @id AND undone_at IS NULL", new { id, at = UtcTime.ToMicroseconds(at) }, transaction).ConfigureAwait(false);
            await ApplyAsync(connection, transaction).ConfigureAwait(false);
            return undone > 0;
        },
        ct);

    public Task<IReadOnlyList<Merge>> ListAsync(CancellationToken ct = default) => database.ReadAsync<IReadOnlyList<Merge>>(
        async (connection, transaction) =>
            [.. (await connection.QueryAsync<Row>($"SELECT {Columns} FROM merges ORDER BY id", transaction: transaction).ConfigureAwait(false)).Select(row => row.ToMerge())],
        ct);

    /// <summary>Has each lead say as what it is read, from the merges that are open. Called after every change of them.</summary>
    public static async Task ApplyAsync(DbConnection connection, DbTransaction transaction)
    {
        Row[] open = [.. await connection.QueryAsync<Row>($"SELECT {Columns} FROM merges WHERE undone_at IS NULL ORDER BY id", transaction: transaction).ConfigureAwait(false)];
        await connection.ExecuteAsync(
            "UPDATE leads SET merged_into = NULL, read_account = NULL, read_group = NULL WHERE read_group IS NOT NULL", transaction: transaction).ConfigureAwait(false);
        await FollowAsync(
            connection,
            transaction,
            open,
            MergeKind.Account,
            "UPDATE leads SET read_account = @Root, read_group = 'account:' || @Root WHERE reading = 'account:' || @Merged AND account_id = @Merged").ConfigureAwait(false);
        await FollowAsync(
            connection,
            transaction,
            open,
            MergeKind.Attach,
            """
            UPDATE leads SET read_account = coalesce(m.root, @Root), read_group = 'account:' || coalesce(m.root, @Root)
            FROM (SELECT (SELECT root FROM merges WHERE kind = 'account' AND merged = @Root AND undone_at IS NULL) AS root) m
            WHERE id = @Merged AND account_id IS NULL
            """).ConfigureAwait(false);
        await FollowAsync(
            connection,
            transaction,
            open,
            MergeKind.Lead,
            """
            UPDATE leads SET merged_into = @Root, read_account = k.account, read_group = k.reading
            FROM (SELECT coalesce(read_account, account_id) AS account, reading FROM leads WHERE id = @Root) k
            WHERE id = @Merged
            """).ConfigureAwait(false);
    }

    private static async Task FollowAsync(DbConnection connection, DbTransaction transaction, Row[] open, MergeKind kind, string statement)
    {
        var kept = open.Where(row => row.Kind == Word(kind)).ToDictionary(row => row.Merged, row => row.Kept, StringComparer.Ordinal);
        foreach (Row row in open.Where(row => row.Kind == Word(kind)))
        {
            string root = Root(kept, row.Merged);
            await connection.ExecuteAsync("UPDATE merges SET root = @root WHERE id = @Id", new { root, row.Id }, transaction).ConfigureAwait(false);
            await connection.ExecuteAsync(statement, new { Root = root, row.Merged }, transaction).ConfigureAwait(false);
        }
    }

    private static string Root(Dictionary<string, string> kept, string name)
    {
        while (kept.TryGetValue(name, out string? next))
        {
            name = next;
        }

        return name;
    }

    private static async Task DemandAsync(DbConnection connection, DbTransaction transaction, MergeKind kind, string kept, string merged)
    {
        async Task KnownAsync(string what, string id)
        {
            string statement = what == "lead"
                ? "SELECT count(*) FROM leads WHERE id = @id"
                : "SELECT (SELECT count(*) FROM accounts WHERE id = @id) + (SELECT count(*) FROM leads WHERE account_id = @id)";
            if (await connection.ExecuteScalarAsync<long>(statement, new { id }, transaction).ConfigureAwait(false) == 0)
            {
                throw new MergeRefusedException($"there is no {what} '{id}'; nothing was merged");
            }
        }

        await KnownAsync(kind == MergeKind.Lead ? "lead" : "account", kept).ConfigureAwait(false);
        await KnownAsync(kind == MergeKind.Account ? "account" : "lead", merged).ConfigureAwait(false);
        if (kind == MergeKind.Attach)
        {
            if (await connection.ExecuteScalarAsync<string?>("SELECT account_id FROM leads WHERE id = @merged", new { merged }, transaction).ConfigureAwait(false) is { } account)
            {
                throw new MergeRefusedException($"lead '{merged}' is of account '{account}' already; merge the accounts instead");
            }
        }

        Row[] open = [.. await connection.QueryAsync<Row>(
            $"SELECT {Columns} FROM merges WHERE undone_at IS NULL AND kind = @kind", new { kind = Word(kind) }, transaction).ConfigureAwait(false)];
        var known = open.ToDictionary(row => row.Merged, row => row.Kept, StringComparer.Ordinal);
        if (Root(known, kept) == Root(known, merged) && kind != MergeKind.Attach)
        {
            throw new MergeRefusedException($"'{kept}' and '{merged}' are one already");
        }

        if (known.TryGetValue(merged, out string? already))
        {
            throw new MergeRefusedException($"'{merged}' is read as '{already}' already; undo that first, or merge '{Root(known, merged)}'");
        }
    }

    private static string Word(MergeKind kind) => kind.ToString().ToLowerInvariant();

    private sealed class Row
    {
        public long Id { get; set; }

        public string Kind { get; set; } = "";

        public string Kept { get; set; } = "";

        public string Merged { get; set; } = "";

        public string Reason { get; set; } = "";

        public long MergedAt { get; set; }

        public long? UndoneAt { get; set; }

        public Merge ToMerge() => new(
            Id, Enum.Parse<MergeKind>(Kind, ignoreCase: true), Kept, Merged, Reason, UtcTime.FromMicroseconds(MergedAt), UndoneAt is { } at ? UtcTime.FromMicroseconds(at) : null);
    }
}
