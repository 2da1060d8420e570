using System.Runtime.CompilerServices;
using System.Text.Json;
using Dapper;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Rows;
using LeadPredict.Storage.Spool;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Sqlite;

/// <summary>The history in one SQLite file. Each operation has a connection of its own, so threads do not meet.</summary>
internal sealed class SqliteHistoryStore : IHistoryStore
{
    private const string FunnelSetting = "funnel";
    private readonly SqliteDatabase _database;

    /// <summary>The file, for what is kept beside the history.</summary>
    public SqliteDatabase Database => _database;

    private SqliteHistoryStore(SqliteDatabase database) => _database = database;

    public static Task<IHistoryStore> OpenAsync(string file, bool create, CancellationToken ct) =>
        Task.Run<IHistoryStore>(() => new SqliteHistoryStore(SqliteDatabase.Open(file, create)), ct);

    public Task<AppendResult> AppendAsync(HistoryBatch batch, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        HistoryCheck.Demand(batch);
        if (batch.Count + batch.Aliases.Count == 0)
        {
            return Task.FromResult(AppendResult.Empty);
        }

        // SQLite works in the caller's thread; a request or a page should not stand still for the disk.
        return Task.Run(() => SqliteFaults.Guard(_database.Path, () => Append(batch, ct)), ct);
    }

    public IAsyncEnumerable<AccountHistory> ReadAccountsAsync(CancellationToken ct = default) => SqliteFaults.GuardAsync(_database.Path, WholeAsync(ct), ct);

    public IAsyncEnumerable<AccountHistory> ReadAccountsInPlayAsync(DateTimeOffset asOf, CancellationToken ct = default) =>
        SqliteFaults.GuardAsync(_database.Path, InPlayAsync(asOf, ct), ct);

    public Task<HistorySpool> SpoolAsync(DateTimeOffset now, CancellationToken ct = default) => Task.Run(
        () => SqliteFaults.Guard(_database.Path, () =>
        {
            using SqliteConnection connection = _database.Connect();
            using SqliteTransaction view = connection.BeginTransaction(deferred: true);
            return SqliteSpooling.Read(connection, view, UtcTime.ToMicroseconds(now), ct);
        }),
        ct);

    public Task<AccountHistory?> FindAccountOfLeadAsync(string leadId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(leadId);
        return SqliteFaults.GuardAsync(_database.Path, () => FindAsync(leadId, ct));
    }

    public IAsyncEnumerable<string> ReadLeadIdsAsync(CancellationToken ct = default) => SqliteFaults.GuardAsync(_database.Path, LeadIdsAsync(ct), ct);

    public Task<IReadOnlySet<string>> FindLeadsAsync(IReadOnlyCollection<string> leadIds, CancellationToken ct = default) => WithConnectionAsync<IReadOnlySet<string>>(
        async connection => (await connection.QueryAsync<string>(new(
            "SELECT l.id FROM json_each(@ids) j JOIN leads l ON l.id = j.value",
            new { ids = JsonSerializer.Serialize(leadIds) },
            cancellationToken: ct)).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal));

    public Task<HistorySummary> SummarizeAsync(CancellationToken ct = default) => WithConnectionAsync(
        async connection => StoredCount.Summarize(
            [.. await connection.QueryAsync<StoredCount>(new(SqliteStatements.Summary, cancellationToken: ct)).ConfigureAwait(false)]));

    public Task<DateTimeOffset?> FindLastRecordedAsync(DateTimeOffset now, CancellationToken ct = default) =>
        WithConnectionAsync(connection => LastRecorded.FindAsync(connection, UtcTime.ToMicroseconds(now), ct));

    public async Task<FunnelDefinition?> GetFunnelAsync(CancellationToken ct = default)
    {
        string? json = await WithConnectionAsync(connection => connection.ExecuteScalarAsync<string?>(
            new(SqliteStatements.GetSetting, new { name = FunnelSetting }, cancellationToken: ct))).ConfigureAwait(false);
        return json is null ? null : FunnelJson.Read(json);
    }

    public Task SetFunnelAsync(FunnelDefinition funnel, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        return WithConnectionAsync(connection => connection.ExecuteAsync(new(
            SqliteStatements.SetSetting, new { name = FunnelSetting, value = FunnelJson.Write(funnel) }, cancellationToken: ct)));
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<AccountHistory> WholeAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using SqliteConnection connection = _database.Connect();
        using SqliteTransaction view = connection.BeginTransaction(deferred: true);
        await foreach (AccountHistory account in Read(connection, view, SqliteStatements.Whole, null, ct).ConfigureAwait(false))
        {
            yield return account;
        }
    }

    private async IAsyncEnumerable<AccountHistory> InPlayAsync(DateTimeOffset asOf, [EnumeratorCancellation] CancellationToken ct)
    {
        using SqliteConnection connection = _database.Connect();
        using SqliteTransaction view = connection.BeginTransaction(deferred: true);
        connection.Execute($"{AccountsInPlay.Drop}; {AccountsInPlay.Fill(postgres: false, asOf)}", transaction: view);
        await foreach (AccountHistory account in Read(connection, view, SqliteStatements.InPlay, null, ct).ConfigureAwait(false))
        {
            yield return account;
        }

        connection.Execute(AccountsInPlay.Drop, transaction: view);
    }

    private async IAsyncEnumerable<string> LeadIdsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using SqliteConnection connection = _database.Connect();
        await foreach (string id in
            connection.QueryUnbufferedAsync<string>(SqliteStatements.LeadIds).WithCancellation(ct).ConfigureAwait(false))
        {
            yield return id;
        }
    }

    private Task<T> WithConnectionAsync<T>(Func<SqliteConnection, Task<T>> work) => SqliteFaults.GuardAsync(_database.Path, async () =>
    {
        using SqliteConnection connection = _database.Connect();
        return await work(connection).ConfigureAwait(false);
    });

    private async Task<AccountHistory?> FindAsync(string leadId, CancellationToken ct)
    {
        using SqliteConnection connection = _database.Connect();
        using SqliteTransaction view = connection.BeginTransaction(deferred: true);
        if (await FindAsync(leadId, connection, view, ct).ConfigureAwait(false) is { } account)
        {
            return account;
        }

        string? lead = connection.ExecuteScalar<string?>(SqliteStatements.FindAlias, new { name = leadId }, view);
        return lead is null ? null : (await FindAsync(lead, connection, view, ct).ConfigureAwait(false))?.WithName(leadId, lead);
    }

    private static async Task<AccountHistory?> FindAsync(string leadId, SqliteConnection connection, SqliteTransaction view, CancellationToken ct) =>
        connection.ExecuteScalar<string?>(SqliteStatements.GroupOfLead, new { id = leadId }, view) is not { } group ? null
            : await Read(connection, view, SqliteStatements.Group, new { group }, ct).FirstOrDefaultAsync(ct).ConfigureAwait(false);

    private static IAsyncEnumerable<AccountHistory> Read(
        SqliteConnection connection, SqliteTransaction view, IReadOnlyList<string> statements, object? parameters, CancellationToken ct)
    {
        IAsyncEnumerable<T> Rows<T>(int table) => connection.QueryUnbufferedAsync<T>(statements[table], parameters, view);
        return new HistoryMerge(
            Rows<StoredLead>(0), Rows<StoredTouch>(1), Rows<StoredAttribute>(2), Rows<StoredTransition>(3), Rows<StoredOutcome>(4))
            .ReadAsync(ct);
    }

    private AppendResult Append(HistoryBatch batch, CancellationToken ct)
    {
        using SqliteConnection connection = _database.Connect();
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        using var appender = new SqliteAppender(batch, connection, transaction, ct);

        // Nothing in it waits for anything but the disk, so that it is done when it returns.
        AppendResult result = appender.AppendAsync().GetAwaiter().GetResult();
        transaction.Commit();
        if (appender.HasPurged)
        {
            SqliteDatabase.EmptyLog(connection, TimeSpan.Zero);
        }

        return result;
    }
}
