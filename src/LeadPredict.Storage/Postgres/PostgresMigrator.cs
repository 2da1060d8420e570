using Dapper;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Migrations;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>Brings a PostgreSQL store's tables up to date, in one transaction.</summary>
/// <remarks>
/// A store that is up to date is only looked at, so that a user without the right to make tables may use it. Otherwise a lock of
/// the database is taken first: of two services that start at once the second waits and then finds the work done.
/// </remarks>
internal static class PostgresMigrator
{
    /// <summary>"leadpred" in ASCII: the number of our advisory lock.</summary>
    private const long LockKey = 0x6C65616470726564;

    // The catalogue is asked by queries: to_regclass may answer from what this session saw before it waited for the lock.
    private const string Find =
        "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        + "WHERE n.nspname = @schema AND c.relname = 'schema_migrations')";
    private const string FindSchema = "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = @schema)";
    private const string Foreign =
        "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        + "WHERE n.nspname = @schema AND c.relkind IN ('r', 'p', 'v', 'm', 'f'))";
    private const string Create = "CREATE TABLE schema_migrations (version integer PRIMARY KEY, name text NOT NULL)";
    private const string Version = "SELECT coalesce(max(version), 0) FROM schema_migrations";

    /// <exception cref="StoreNotFoundException">There are no tables, and <paramref name="create"/> is false.</exception>
    /// <exception cref="StoreVersionException">A newer LeadPredict made the store.</exception>
    /// <exception cref="StoreFormatException">The schema holds tables of something else.</exception>
    /// <exception cref="StoreServerException">It is an older store, and its tables belong to another user.</exception>
    public static async Task MigrateAsync(
        NpgsqlConnection connection, PostgresAddress address, bool create, IReadOnlyList<Migration> migrations, CancellationToken ct)
    {
        int? version = await FindVersionAsync(connection, address, ct).ConfigureAwait(false);
        if (version is null && !create)
        {
            throw new StoreNotFoundException(address.Shown);
        }

        if (version != migrations.Count)
        {
            await AdvanceAsync(connection, address, migrations, ct).ConfigureAwait(false);
        }
    }

    private static async Task AdvanceAsync(
        NpgsqlConnection connection, PostgresAddress address, IReadOnlyList<Migration> migrations, CancellationToken ct)
    {
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        Task RunAsync(string statement, object? parameters = null) =>
            connection.ExecuteAsync(new(statement, parameters, transaction, cancellationToken: ct));

        await RunAsync("SELECT pg_advisory_xact_lock(@key)", new { key = LockKey }).ConfigureAwait(false);
        if (await FindVersionAsync(connection, address, ct).ConfigureAwait(false) is not { } version)
        {
            await MakeSchemaAsync(connection, address, ct).ConfigureAwait(false);
            await RunAsync(Create).ConfigureAwait(false);
            version = 0;
        }

        if (version > migrations.Count)
        {
            throw new StoreVersionException(address.Shown, version, migrations.Count);
        }

        try
        {
            foreach (Migration migration in migrations.Skip(version))
            {
                await RunAsync(migration.Statements).ConfigureAwait(false);
                await RunAsync(
                    "INSERT INTO schema_migrations (version, name) VALUES (@Version, @Name)", new { migration.Version, migration.Name }).ConfigureAwait(false);
            }
        }
        catch (PostgresException fault) when (version > 0 && fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // Tables are changed by their owner alone, whatever else a user may do.
            throw new StoreServerException(
                StoreServerFault.NotAllowed,
                address.Shown,
                $"the store has schema version {version} and this program needs {migrations.Count}, which user '{address.Settings.Username}' may not make of it ({fault.MessageText}); "
                    + "let the user who owns its tables open it once, for instance with 'leadpredict keys list --store ...', and then grant the rights on tables that are new (docs/storage.md)",
                fault);
        }

        await transaction.CommitAsync(ct).ConfigureAwait(false);
    }

    private static async Task MakeSchemaAsync(NpgsqlConnection connection, PostgresAddress address, CancellationToken ct)
    {
        // IF NOT EXISTS asks for the right to make schemas even where there is one already.
        if (!await AskAsync(connection, FindSchema, address, ct).ConfigureAwait(false))
        {
            await connection.ExecuteAsync(new($"CREATE SCHEMA {address.Schema}", cancellationToken: ct)).ConfigureAwait(false);
        }
        else if (await AskAsync(connection, Foreign, address, ct).ConfigureAwait(false))
        {
            throw new StoreFormatException(address.Shown, $"schema {address.Schema} has other tables");
        }
    }

    private static async Task<int?> FindVersionAsync(NpgsqlConnection connection, PostgresAddress address, CancellationToken ct) =>
        await AskAsync(connection, Find, address, ct).ConfigureAwait(false)
            ? await connection.ExecuteScalarAsync<int>(new(Version, cancellationToken: ct)).ConfigureAwait(false)
            : null;

    private static Task<bool> AskAsync(NpgsqlConnection connection, string question, PostgresAddress address, CancellationToken ct) =>
        connection.ExecuteScalarAsync<bool>(new(question, new { schema = address.Schema }, cancellationToken: ct));
}
