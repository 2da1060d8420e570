using System.Data.Common;

namespace LeadPredict.Storage.Operations;

/// <summary>A database of either kind, for statements that both understand.</summary>
internal interface IStoreDatabase : IAsyncDisposable
{
    /// <summary>Whether it is PostgreSQL; the few places where the two differ ask.</summary>
    bool IsPostgres { get; }

    /// <summary>Reads in one transaction on a connection of its own, which sees the store as it was when its first statement began.</summary>
    /// <exception cref="Errors.StorageException">The database does not serve.</exception>
    Task<T> ReadAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct);

    /// <summary>Writes in one transaction on a connection of its own; what it throws undoes it.</summary>
    /// <exception cref="Errors.StorageException">The database does not serve.</exception>
    Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct);
}
