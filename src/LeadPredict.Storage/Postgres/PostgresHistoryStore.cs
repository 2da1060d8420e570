using System.Data;
using System.Runtime.CompilerServices;
using Dapper;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Rows;
using LeadPredict.Storage.Spool;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>The history in a PostgreSQL database. Each operation has a connection of its own, from a pool.</summary>
internal sealed class PostgresHistoryStore : IHistoryStore
{
    private const string FunnelSetting = "funnel";
    private const int MostTries = 5;
    private readonly PostgresDatabase _database;

    private readonly PostgresStatistics _statistics;

    private PostgresHistoryStore(PostgresDatabase database)
    {
        _database = database;
        _statistics = new PostgresStatistics(database);
    }

    /// <summary>The database, for what is kept beside the history.</summary>
    public PostgresDatabase Database => _database;

    private PostgresAddress Address => _database.Address;

    public static async Task<IHistoryStore> OpenAsync(PostgresAddress address, bool create, CancellationToken ct) =>
        new PostgresHistoryStore(await PostgresDatabase.OpenAsync(address, create, ct).ConfigureAwait(false));

    public async Task<AppendResult> AppendAsync(HistoryBatch batch, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        HistoryCheck.Demand(batch);
        if (batch.Count + batch.Aliases.Count == 0)
        {
            return AppendResult.Empty;
        }

        bool peopleAlone = false;
        for (int tried = 1; ; tried++)
        {
            try
            {
                AppendResult result = await TryAppendAsync(batch, peopleAlone, ct).ConfigureAwait(false);
                await _statistics.AddedAsync(batch.Count).ConfigureAwait(false);
                return result;
            }
            catch (PeopleSharedException)
            {
                // Somebody in it is forgotten: all of it once more, under the lock for that.
                peopleAlone = true;
            }
            catch (NpgsqlException fault) when (tried < MostTries && PostgresFaults.IsCollision(fault))
            {
                // The server undid all of it for another writer's sake: the same batch once more.
            }
            catch (NpgsqlException fault) when (PostgresFaults.OfWork(fault, Address) is { } refusal)
            {
                throw refusal;
            }
        }
    }

    public IAsyncEnumerable<AccountHistory> ReadAccountsAsync(CancellationToken ct = default) => ReadAsync(reading => reading.WholeAsync(ct), ct);

    public IAsyncEnumerable<AccountHistory> ReadAccountsInPlayAsync(DateTimeOffset asOf, CancellationToken ct = default) => ReadAsync(reading => reading.InPlayAsync(asOf, ct), ct);

    public Task<HistorySpool> SpoolAsync(DateTimeOffset now, CancellationToken ct = default) => new PostgresSpooling(_database, UtcTime.ToMicroseconds(now)).ReadAsync(ct);

    public async Task<AccountHistory?> FindAccountOfLeadAsync(string leadId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(leadId);
        if (StorableText.Fault(leadId) is not null)
        {
            return null;
        }

        NpgsqlConnection connection = await _database.ConnectAsync(ct).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        NpgsqlTransaction view = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct).ConfigureAwait(false);
        await using var ending = view.ConfigureAwait(false);
        var reading = new PostgresReading(connection, view, Address);
        if (await reading.AccountOfLeadAsync(leadId, ct).ConfigureAwait(false) is { } account)
        {
            return account;
        }

        string? lead = await PostgresFaults.GuardAsync(Address, () => connection.ExecuteScalarAsync<string?>(
            new(PostgresStatements.FindAlias, new { name = leadId }, view, cancellationToken: ct))).ConfigureAwait(false);
        return lead is null ? null : (await reading.AccountOfLeadAsync(lead, ct).ConfigureAwait(false))?.WithName(leadId, lead);
    }

    public async IAsyncEnumerable<string> ReadLeadIdsAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        NpgsqlConnection connection = await _database.ConnectAsync(ct).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        IAsyncEnumerator<string> ids = connection.QueryUnbufferedAsync<string>(PostgresStatements.LeadIds).GetAsyncEnumerator(ct);
        await using var ending = ids.ConfigureAwait(false);
        while (await PostgresFaults.GuardAsync(Address, () => ids.MoveNextAsync().AsTask()).ConfigureAwait(false))
        {
            yield return ids.Current;
        }
    }

    public async Task<IReadOnlySet<string>> FindLeadsAsync(IReadOnlyCollection<string> leadIds, CancellationToken ct = default) => await WithConnectionAsync(
        async connection => (await connection.QueryAsync<string>(
            new("SELECT id FROM leads WHERE id = ANY(@ids)", new { ids = leadIds.ToArray() }, cancellationToken: ct)).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal),
        ct).ConfigureAwait(false);

    public async Task<HistorySummary> SummarizeAsync(CancellationToken ct = default) => await WithConnectionAsync(
        async connection =>
        {
            IEnumerable<StoredCount> counts = await connection
                .QueryAsync<StoredCount>(new(PostgresStatements.Summary, cancellationToken: ct)).ConfigureAwait(false);
            return StoredCount.Summarize([.. counts]);
        },
        ct).ConfigureAwait(false);

    public Task<DateTimeOffset?> FindLastRecordedAsync(DateTimeOffset now, CancellationToken ct = default) =>
        WithConnectionAsync(connection => LastRecorded.FindAsync(connection, UtcTime.ToMicroseconds(now), ct), ct);

    public async Task<FunnelDefinition?> GetFunnelAsync(CancellationToken ct = default)
    {
        string? json = await WithConnectionAsync(
            connection => connection.ExecuteScalarAsync<string?>(
                new(PostgresStatements.GetSetting, new { name = FunnelSetting }, cancellationToken: ct)),
            ct).ConfigureAwait(false);
        return json is null ? null : FunnelJson.Read(json);
    }

    public async Task SetFunnelAsync(FunnelDefinition funnel, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        await WithConnectionAsync(
            connection => connection.ExecuteAsync(new(
                PostgresStatements.SetSetting, new { name = FunnelSetting, value = FunnelJson.Write(funnel) }, cancellationToken: ct)),
            ct).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _statistics.EndedAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    private async IAsyncEnumerable<AccountHistory> ReadAsync(
        Func<PostgresReading, IAsyncEnumerable<AccountHistory>> read, [EnumeratorCancellation] CancellationToken ct)
    {
        NpgsqlConnection connection = await _database.ConnectAsync(ct).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        NpgsqlTransaction view = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct).ConfigureAwait(false);
        await using var ending = view.ConfigureAwait(false);
        await foreach (AccountHistory account in read(new(connection, view, Address)).WithCancellation(ct).ConfigureAwait(false))
        {
            yield return account;
        }
    }

    private async Task<AppendResult> TryAppendAsync(HistoryBatch batch, bool peopleAlone, CancellationToken ct)
    {
        NpgsqlConnection connection = await _database.ConnectAsync(ct).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        AppendResult result = await new PostgresAppender(batch, connection, transaction, ct) { PeopleAlone = peopleAlone }.AppendAsync().ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return result;
    }

    private async Task<T> WithConnectionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct)
    {
        NpgsqlConnection connection = await _database.ConnectAsync(ct).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        return await PostgresFaults.GuardAsync(Address, () => work(connection)).ConfigureAwait(false);
    }
}
