using System.Data.Common;
using Dapper;

namespace LeadPredict.Storage.People;

/// <summary>
/// Who forgets or merges people holds it alone, who writes rows of them shares it; the first lock that a transaction takes. So nobody who is being forgotten
/// comes back with rows on their way, and no lead is read as what it no longer is. SQLite has one writer anyway.
/// </summary>
internal static class PeopleLock
{
    private const string Key = "hashtextextended('forget', 0)";

    public static Task AloneAsync(DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct) =>
        TakeAsync($"SELECT pg_advisory_xact_lock({Key})", connection, transaction, postgres, ct);

    public static Task ShareAsync(DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct) =>
        TakeAsync($"SELECT pg_advisory_xact_lock_shared({Key})", connection, transaction, postgres, ct);

    private static Task TakeAsync(string statement, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct) =>
        postgres ? connection.ExecuteAsync(new(statement, transaction: transaction, cancellationToken: ct)) : Task.CompletedTask;
}
