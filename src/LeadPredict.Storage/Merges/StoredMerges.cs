using System.Data.Common;
using Dapper;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Storage.Merges;

/// <summary>Merges in a table, and what follows of them in the leads' <c>merged_into</c>, <c>read_account</c> and <c>read_group</c>.</summary>
internal sealed class StoredMerges(IStoreDatabase database) : IMergeStore
{
    private const string Columns = "id AS Id, kind AS Kind, kept AS Kept, merged AS Merged, reason AS Reason, merged_at AS MergedAt, undone_at AS UndoneAt";

    private const string Reset = "UPDATE leads AS l SET merged_into = NULL, read_account = NULL, read_group = NULL WHERE l.read_group IS NOT NULL";

    private const string OfAccounts =
        """
        UPDATE leads AS l SET read_account = m.root, read_group = 'account:' || m.root
        FROM merges m WHERE m.kind = 'account' AND m.undone_at IS NULL AND l.reading = 'account:' || m.merged AND l.account_id = m.merged
        """;

    private const string OfAttached =
        """
        UPDATE leads AS l SET read_account = coalesce(a.root, m.root), read_group = 'account:' || coalesce(a.root, m.root)
        FROM merges m LEFT JOIN merges a ON a.kind = 'account' AND a.merged = m.root AND a.undone_at IS NULL
        WHERE m.kind = 'attach' AND m.undone_at IS NULL AND l.id = m.merged AND l.account_id IS NULL
        """;

    private const string OfLeads =
        """
        UPDATE leads AS l SET merged_into = m.root, read_account = coalesce(k.read_account, k.account_id), read_group = k.reading
        FROM merges m JOIN leads k ON k.id = m.root WHERE m.kind = 'lead' AND m.undone_at IS NULL AND l.id = m.merged
        """;

    private const string AnyOpen = "SELECT count(*) FROM (SELECT 1 FROM merges WHERE undone_at IS NULL LIMIT 1) m";

    // What each statement is narrowed to for a few leads: they, as far as they are read as themselves, and those that are read as them.
    private const string Themselves = " AND l.merged_into IS NULL AND l.id ";
    private const string ReadAsThem = " AND m.root ";

    private static readonly (string Statement, string Narrowed)[] Steps = [(Reset, Themselves), (OfAccounts, Themselves), (OfAttached, Themselves), (OfLeads, ReadAsThem)];

    public Task<IReadOnlyList<Merge>> MergeAsync(IReadOnlyList<MergeWish> wishes, DateTimeOffset at, CancellationToken ct = default) =>
        database.WriteAsync<IReadOnlyList<Merge>>(
            async (connection, transaction) =>
            {
                await PeopleLock.AloneAsync(connection, transaction, database.IsPostgres, ct).ConfigureAwait(false);
                string?[] reasons = await SuppressionList.TextsAsync([.. wishes.Select(wish => wish.Reason)], connection, transaction, database.IsPostgres, ct).ConfigureAwait(false);
                MergeWish[] stored = [.. wishes.Zip(reasons, (wish, reason) => wish with { Reason = reason! })];
                List<Merge> done = await AddAsync(stored, at, await OpenMerges.ReadAsync(connection, transaction).ConfigureAwait(false), connection, transaction).ConfigureAwait(false);
                await MarkAsync(done.SelectMany(merge => new[] { merge.Kept, merge.Merged }), connection, transaction, ct).ConfigureAwait(false);
                return done;
            },
            ct);

    public Task<bool> UndoAsync(long id, DateTimeOffset at, CancellationToken ct = default) => database.WriteAsync(
        async (connection, transaction) =>
        {
            await PeopleLock.AloneAsync(connection, transaction, database.IsPostgres, ct).ConfigureAwait(false);
            (string Kept, string Merged)? undone = await connection.QuerySingleOrDefaultAsync<(string, string)?>(
                "UPDATE merges SET undone_at = @at WHERE id = @id AND undone_at IS NULL RETURNING kept, merged", new { id, at = UtcTime.ToMicroseconds(at) }, transaction).ConfigureAwait(false);
            await ApplyAsync(connection, transaction).ConfigureAwait(false);
            if (undone is { } parted)
            {
                await MarkAsync([parted.Kept, parted.Merged], connection, transaction, ct).ConfigureAwait(false);
            }

            return undone is not null;
        },
        ct);

    public Task<IReadOnlyList<Merge>> ListAsync(CancellationToken ct = default) => database.ReadAsync<IReadOnlyList<Merge>>(
        async (connection, transaction) =>
            [.. (await connection.QueryAsync<Row>($"SELECT {Columns} FROM merges ORDER BY id", transaction: transaction).ConfigureAwait(false)).Select(row => row.ToMerge())],
        ct);

    public Task<SenderRecord> FindRecordAsync(string name, CancellationToken ct = default) => database.ReadAsync(
        async (connection, transaction) => (SenderRecord)await connection.ExecuteScalarAsync<long>(new(
            """
            SELECT CASE WHEN EXISTS (SELECT 1 FROM merged_records WHERE name = @name) THEN 2
                        WHEN EXISTS (SELECT 1 FROM merged_records WHERE survivor = @name) THEN 1 ELSE 0 END
            """,
            new { name },
            transaction,
            cancellationToken: ct)).ConfigureAwait(false),
        ct);

    /// <summary>Notes which records a sender merged into which; what was told of a name first stands.</summary>
    public static Task NoteRecordsAsync(IEnumerable<LeadAlias> told, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        var records = told.SelectMany(alias => alias.EndedNames, (alias, name) => new { name, survivor = alias.Survivor });
        return connection.ExecuteAsync(new(
            "INSERT INTO merged_records (name, survivor) VALUES (@name, @survivor) ON CONFLICT DO NOTHING",
            records.Distinct().ToArray(),
            transaction,
            cancellationToken: ct));
    }

    /// <summary>Merges what two leads are read as, as a sender told; not what is one already, or was taken back. The caller holds the lock on people alone.</summary>
    /// <returns>Of each two, whether they were merged.</returns>
    public static async Task<bool[]> AddToldAsync(
        IReadOnlyList<(MergeWish Wish, DateTimeOffset At)> told, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        bool[] added = new bool[told.Count];
        OpenMerges open = await OpenMerges.ReadAsync(connection, transaction).ConfigureAwait(false);

        // When it was told before, each may have been read as less or more than now.
        string before = $"SELECT count(*) FROM merges WHERE kind = @kind AND kept {AnyOf.Text(postgres, "kept")} AND merged {AnyOf.Text(postgres, "merged")} AND reason = @Reason";
        for (int i = 0; i < added.Length; i++)
        {
            (MergeWish asked, DateTimeOffset at) = told[i];
            MergeWish wish = asked with { Kept = open.Root(asked.Kind, asked.Kept), Merged = open.Root(asked.Kind, asked.Merged) };
            added[i] = wish.Kept != wish.Merged && await connection.ExecuteScalarAsync<long>(new(
                before,
                new { kind = OpenMerges.Word(wish.Kind), kept = open.Way(asked.Kind, asked.Kept).ToArray(), merged = open.Way(asked.Kind, asked.Merged).ToArray(), wish.Reason },
                transaction,
                cancellationToken: ct)).ConfigureAwait(false) == 0;
            if (added[i])
            {
                await AddAsync(wish, at, open, connection, transaction).ConfigureAwait(false);
            }
        }

        if (added.Contains(true))
        {
            await ApplyAsync(connection, transaction).ConfigureAwait(false);
        }

        return added;
    }

    private static async Task<List<Merge>> AddAsync(IReadOnlyList<MergeWish> wishes, DateTimeOffset at, OpenMerges open, DbConnection connection, DbTransaction transaction)
    {
        var done = new List<Merge>();
        foreach (MergeWish wish in wishes)
        {
            done.Add(await AddAsync(wish, at, open, connection, transaction).ConfigureAwait(false));
        }

        await ApplyAsync(connection, transaction).ConfigureAwait(false);
        return done;
    }

    private static async Task<Merge> AddAsync(MergeWish wish, DateTimeOffset at, OpenMerges open, DbConnection connection, DbTransaction transaction)
    {
        await MergeDemands.CheckAsync(connection, transaction, wish, open).ConfigureAwait(false);
        long id = await connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO merges (kind, kept, merged, root, reason, merged_at) VALUES (@kind, @Kept, @Merged, @Kept, @Reason, @at) RETURNING id
            """,
            new { kind = OpenMerges.Word(wish.Kind), wish.Kept, wish.Merged, wish.Reason, at = UtcTime.ToMicroseconds(at) },
            transaction).ConfigureAwait(false);
        open.Add(wish.Kind, wish.Merged, wish.Kept);
        return new(id, wish.Kind, wish.Kept, wish.Merged, wish.Reason, UtcTime.Normalize(at), null);
    }

    /// <summary>Marks the scores of leads that were merged or parted, or that are of such companies.</summary>
    private async Task MarkAsync(IEnumerable<string> names, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        var leads = new HashSet<string>(StringComparer.Ordinal);
        foreach (string[] those in names.Distinct(StringComparer.Ordinal).Chunk(500))
        {
            string any = AnyOf.Text(database.IsPostgres, "those");
            leads.UnionWith(await connection.QueryAsync<string>(
                new($"SELECT id FROM leads WHERE id {any} OR account_id {any}", new { those }, transaction, cancellationToken: ct)).ConfigureAwait(false));
        }

        await ChangedScores.MarkAsync(leads, connection, transaction, database.IsPostgres, ct).ConfigureAwait(false);
    }

    /// <summary>Has each lead say as what it is read, from the merges that are open. Called after every change of them.</summary>
    public static async Task ApplyAsync(DbConnection connection, DbTransaction transaction)
    {
        OpenMerges open = await OpenMerges.ReadAsync(connection, transaction).ConfigureAwait(false);
        await connection.ExecuteAsync("UPDATE merges SET root = @Root WHERE id = @Id", open.MovedRoots(), transaction).ConfigureAwait(false);
        foreach ((string statement, _) in Steps)
        {
            await connection.ExecuteAsync(statement, transaction: transaction).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The same for leads that came, or whose company became known: they, and the leads that are read as them. Asks first, since whoever only appends needs
    /// no right to change where nothing is merged.
    /// </summary>
    public static async Task ApplyToAsync(IEnumerable<string> leads, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        if (await connection.ExecuteScalarAsync<long>(new(AnyOpen, transaction: transaction, cancellationToken: ct)).ConfigureAwait(false) == 0)
        {
            return;
        }

        foreach (string[] ids in leads.Chunk(500))
        {
            foreach ((string statement, string narrowed) in Steps)
            {
                await connection.ExecuteAsync(new(statement + narrowed + AnyOf.Text(postgres, "ids"), new { ids }, transaction, cancellationToken: ct)).ConfigureAwait(false);
            }
        }
    }

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
