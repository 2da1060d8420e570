using System.Data.Common;
using LeadPredict.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Operations;

/// <summary>A SQLite file. Its work is done on another thread: a request should not stand still for the disk.</summary>
internal sealed class SqliteStoreDatabase(SqliteDatabase database) : IStoreDatabase
{
    public bool IsPostgres => false;

    public Task<T> ReadAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct) => RunAsync(work, deferred: true, ct);

    // A writer takes its lock at once: one that read first and then finds another writer would be refused without waiting.
    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct) => RunAsync(work, deferred: false, ct);

    public ValueTask DisposeAsync()
    {
        database.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<T> RunAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, bool deferred, CancellationToken ct) => Task.Run(
        () => SqliteFaults.GuardAsync(database.Path, async () =>
        {
            using SqliteConnection connection = database.Connect();
            using SqliteTransaction transaction = connection.BeginTransaction(deferred);
            T result = await work(connection, transaction).ConfigureAwait(false);
            transaction.Commit();
            return result;
        }),
        ct);
}
