using System.Data;
using System.Data.Common;
using LeadPredict.Storage.Postgres;
using Npgsql;

namespace LeadPredict.Storage.Operations;

/// <summary>A PostgreSQL database.</summary>
internal sealed class PostgresStoreDatabase(PostgresDatabase database) : IStoreDatabase
{
    public bool IsPostgres => true;

    // All statements see the store as it was when the first began. It is not said to read only: temporary tables could not be made then.
    public Task<T> ReadAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct) => RunAsync(work, IsolationLevel.RepeatableRead, ct);

    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct) => RunAsync(work, IsolationLevel.ReadCommitted, ct);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task<T> RunAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, IsolationLevel isolation, CancellationToken ct)
    {
        NpgsqlConnection connection = await database.ConnectAsync(ct).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        return await PostgresFaults.GuardAsync(database.Address, async () =>
        {
            NpgsqlTransaction transaction = await connection.BeginTransactionAsync(isolation, ct).ConfigureAwait(false);
            await using var ending = transaction.ConfigureAwait(false);
            T result = await work(connection, transaction).ConfigureAwait(false);
            await transaction.CommitAsync(ct).ConfigureAwait(false);
            return result;
        }).ConfigureAwait(false);
    }
}
