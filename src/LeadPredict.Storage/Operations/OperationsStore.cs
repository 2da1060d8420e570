using Dapper;
using LeadPredict.Storage.Audit;
using LeadPredict.Storage.Keys;
using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.Postgres;
using LeadPredict.Storage.Scores;
using LeadPredict.Storage.Sqlite;

namespace LeadPredict.Storage.Operations;

/// <summary>What the service keeps beside the history, at the same address: keys, the log of admin actions, scores that were given, events on their way out.</summary>
/// <remarks>Safe to use from several threads, and several processes may open one store.</remarks>
public sealed class OperationsStore : IAsyncDisposable
{
    private readonly IStoreDatabase _database;

    private OperationsStore(IStoreDatabase database, string? file)
    {
        _database = database;
        File = file;
        Keys = new StoredAccessKeys(database);
        Audit = new StoredAuditLog(database);
        Scores = new StoredScoreLog(database);
        LastScores = new StoredLastScores(database);
        Outbox = new StoredOutbox(database);
    }

    /// <summary>The full path of the file, or null where it is on a server.</summary>
    public string? File { get; }

    /// <summary>The keys that let callers in.</summary>
    public IAccessKeys Keys { get; }

    /// <summary>Who changed what serves.</summary>
    public IAuditLog Audit { get; }

    /// <summary>Every score that was given.</summary>
    public IScoreLog Scores { get; }

    /// <summary>The last score of each stored lead.</summary>
    public ILastScores LastScores { get; }

    /// <summary>Events on their way out.</summary>
    public IOutbox Outbox { get; }

    /// <inheritdoc cref="HistoryStores.OpenAsync"/>
    public static async Task<OperationsStore> OpenAsync(string connection, bool create, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (HistoryStores.SqliteFile(connection) is { } file)
        {
            SqliteDatabase opened = await Task.Run(() => SqliteDatabase.Open(file, create), ct).ConfigureAwait(false);
            return new(new SqliteStoreDatabase(opened), opened.Path);
        }

        return new(new PostgresStoreDatabase(await PostgresDatabase.OpenAsync(HistoryStores.Postgres(connection), create, ct).ConfigureAwait(false)), null);
    }

    /// <summary>Asks the database for nothing, to see whether it answers.</summary>
    /// <exception cref="Errors.StorageException">It does not.</exception>
    public Task PingAsync(CancellationToken ct = default) => _database.ReadAsync(
        async (connection, transaction) =>
        {
            // The table is ours: a database that was replaced by another is noticed too.
            await connection.ExecuteScalarAsync(new CommandDefinition("SELECT count(*) FROM schema_migrations", transaction: transaction, cancellationToken: ct)).ConfigureAwait(false);
            return true;
        },
        ct);

    /// <summary>Lets go of the database.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
