using System.Security.Authentication;
using System.Security.Cryptography;
using LeadPredict.Storage.Errors;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>Turns what Npgsql throws into refusals that say who failed and what to do. What is nobody's fault but ours stays as it is.</summary>
internal static class PostgresFaults
{
    private const string IdleInTransaction = "25P03", TransactionTimeout = "25P04";

    /// <summary>The refusal for a fault while connecting.</summary>
    public static StoreServerException OfConnecting(NpgsqlException fault, PostgresAddress address)
    {
        string user = address.Settings.Username ?? Environment.UserName;
        string database = address.Settings.Database ?? user;
        (StoreServerFault kind, string problem) = fault.SqlState switch
        {
            PostgresErrorCodes.InvalidCatalogName => (
                StoreServerFault.DatabaseMissing, $"the server has no database '{database}'; check the name, or have it made with CREATE DATABASE"),
            PostgresErrorCodes.InvalidPassword => (
                StoreServerFault.SignInRefused, $"the password of user '{user}' is wrong, or there is no such user"),
            PostgresErrorCodes.InvalidAuthorizationSpecification => (
                StoreServerFault.SignInRefused, $"user '{user}' is not let in; the server's pg_hba.conf says who is, from where, and whether with SSL"),
            PostgresErrorCodes.InsufficientPrivilege => (
                StoreServerFault.NotAllowed, $"user '{user}' may not connect to database '{database}'"),
            PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow => (
                StoreServerFault.Unreachable, "it takes no connections now, being full, starting or stopping; try again later"),
            PostgresErrorCodes.ProtocolViolation when fault.Message.Contains("startup parameter", StringComparison.Ordinal) => (
                StoreServerFault.NotSupported,
                "what takes the connections, a pooler such as PgBouncer, does not let search_path be set; give it ignore_startup_parameters = search_path, "
                    + $"and the server ALTER ROLE {user} IN DATABASE {database} SET search_path = {address.Schema}"),
            null when IsOfTls(fault) => (
                StoreServerFault.NotSupported,
                $"no encrypted connection comes about ({(fault.InnerException ?? fault).Message.TrimEnd('.')}); look at SSL Mode, Root Certificate and SSL Certificate, and at the server's own"),
            null when fault.Message.Contains("password", StringComparison.OrdinalIgnoreCase) => (
                StoreServerFault.SignInRefused, $"it asks for a password of user '{user}'; give Password=..., or set PGPASSWORD or PGPASSFILE"),
            null => (
                StoreServerFault.Unreachable, "no server answers there; check host and port, and whether it runs and takes connections"),
            string code => (
                StoreServerFault.Unreachable, $"it refuses the connection with code {code}"),
        };
        return new(kind, address.Shown, problem, fault);
    }

    /// <summary>The refusal for a fault in the middle of work, or null when it is a bug of ours.</summary>
    public static StoreServerException? OfWork(NpgsqlException fault, PostgresAddress address) => fault.SqlState switch
    {
        PostgresErrorCodes.InsufficientPrivilege => new(
            StoreServerFault.NotAllowed,
            address.Shown,
            $"user '{address.Settings.Username}' may not do it ({Told(fault)}); have it given CREATE on the database for the first start, "
                + $"or a schema '{address.Schema}' of its own, and afterwards what docs/storage.md lists for what it does",
            fault),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName => new(
            StoreServerFault.NotAllowed,
            address.Shown,
            $"user '{address.Settings.Username}' does not see the store's tables ({Told(fault)}); have it granted USAGE on schema '{address.Schema}', or see whether they are gone",
            fault),
        PostgresErrorCodes.ReadOnlySqlTransaction => new(
            StoreServerFault.NotAllowed, address.Shown, "it is read-only, perhaps a standby; give the address of the primary", fault),
        PostgresErrorCodes.DuplicatePreparedStatement or PostgresErrorCodes.InvalidSqlStatementName => new(
            StoreServerFault.NotSupported,
            address.Shown,
            "prepared statements are mixed up: a pooler such as PgBouncer lends out the server's connections by the transaction; "
                + "give PgBouncer version 1.21 or later with max_prepared_statements = 100, or connect to the server directly",
            fault),
        null => Interrupted(fault, address, fault.InnerException is TimeoutException ? "it did not answer in time" : "the connection broke"),
        IdleInTransaction or TransactionTimeout => Interrupted(fault, address, $"the server has a time limit for transactions, and ended one ({Told(fault)})"),
        ['5', '7', 'P', ..] or ['0', '8', ..] => Interrupted(fault, address, "the connection was ended by the server"),
        ['5', '3', ..] => Interrupted(fault, address, $"it ran out of room ({Told(fault)})"),
        ['5', '8', ..] or ['X', 'X', ..] => Interrupted(fault, address, $"it failed by itself, its disk or its files perhaps damaged; look at its log ({Told(fault)})"),
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable =>
            Interrupted(fault, address, "other writers were in the way again and again"),
        PostgresErrorCodes.QueryCanceled => Interrupted(fault, address, "it did not answer in time"),
        _ => null,
    };

    /// <summary>Whether the whole transaction may simply be run again: the server undid it for the sake of another.</summary>
    public static bool IsCollision(NpgsqlException fault) =>
        fault.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>Does the work, and throws the refusal where there is one for its fault.</summary>
    public static async Task<T> GuardAsync<T>(PostgresAddress address, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (NpgsqlException fault) when (OfWork(fault, address) is { } refusal)
        {
            throw refusal;
        }
    }

    private static bool IsOfTls(NpgsqlException fault) =>
        fault.InnerException is AuthenticationException or CryptographicException || fault.Message.Contains("SSL", StringComparison.Ordinal);

    private static StoreServerException Interrupted(NpgsqlException fault, PostgresAddress address, string what) => new(
        StoreServerFault.Interrupted, address.Shown, $"{what}; try again: rows that are there already are not added twice", fault);

    private static string Told(NpgsqlException fault) => ((PostgresException)fault).MessageText;
}
