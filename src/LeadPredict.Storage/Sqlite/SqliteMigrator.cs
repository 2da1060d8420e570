using Dapper;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Migrations;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Sqlite;

/// <summary>Brings a SQLite store's tables up to date.</summary>
/// <remarks>
/// The write lock is taken before the version is read, so of two processes that start at once the second waits and then
/// finds the work done. A step that fails leaves the store as it was.
/// </remarks>
internal static class SqliteMigrator
{
    private const string Known = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'";
    private const string Foreign = "SELECT count(*) FROM sqlite_schema";
    private const string Create = "CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT";

    /// <exception cref="StoreVersionException">A newer LeadPredict made the store.</exception>
    /// <exception cref="StoreFormatException">The database holds tables of something else.</exception>
    public static void Migrate(SqliteConnection connection, string path, IReadOnlyList<Migration> migrations)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        if (connection.ExecuteScalar<long>(Known, transaction: transaction) == 0)
        {
            if (connection.ExecuteScalar<long>(Foreign, transaction: transaction) > 0)
            {
                throw new StoreFormatException(path, "it is a SQLite database with other tables");
            }

            connection.Execute(Create, transaction: transaction);
        }

        int version = (int)connection.ExecuteScalar<long>(
            "SELECT coalesce(max(version), 0) FROM schema_migrations", transaction: transaction);
        if (version > migrations.Count)
        {
            throw new StoreVersionException(path, version, migrations.Count);
        }

        foreach (Migration migration in migrations.Skip(version))
        {
            connection.Execute(migration.Statements, transaction: transaction);
            connection.Execute(
                "INSERT INTO schema_migrations (version, name) VALUES (@Version, @Name)",
                new { migration.Version, migration.Name },
                transaction);
        }

        transaction.Commit();
    }
}
