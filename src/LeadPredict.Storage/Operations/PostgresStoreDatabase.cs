using System.Data.Common;
using LeadPredict.Storage.Postgres;
using Npgsql;

namespace LeadPredict.Storage.Operations;

/// <summary>A PostgreSQL database.</summary>
internal sealed class PostgresStoreDatabase(PostgresDatabase database) : IStoreDatabase
{
    public bool IsPostgres => true;

    public Task<T> ReadAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct) => WriteAsync(work, ct);

    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct)
    {
        NpgsqlConnection connection = await database.ConnectAsync(ct).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        return await PostgresFaults.GuardAsync(database.Address, async () =>
        {
            NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
            await using var ending = transaction.ConfigureAwait(false);
            T result = await work(connection, transaction).ConfigureAwait(false);
            await transaction.CommitAsync(ct).ConfigureAwait(false);
            return result;
        }).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
