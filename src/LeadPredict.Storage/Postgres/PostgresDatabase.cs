using Dapper;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Migrations;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>A PostgreSQL database, version 15 or later, with its pool of connections.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    /// <summary>The oldest major version that is supported.</summary>
    public const int OldestVersion = 15;

    private readonly NpgsqlDataSource _source;

    private PostgresDatabase(PostgresAddress address, NpgsqlDataSource source)
    {
        Address = address;
        _source = source;
    }

    public PostgresAddress Address { get; }

    /// <summary>Connects, makes the tables where there are none and <paramref name="create"/> says so, and brings them up to date.</summary>
    public static async Task<PostgresDatabase> OpenAsync(PostgresAddress address, bool create, CancellationToken ct)
    {
        var database = new PostgresDatabase(address, NpgsqlDataSource.Create(address.Settings));
        try
        {
            // While a server is silent about encryption, Npgsql does not look at the token.
            NpgsqlConnection connection = await database.ConnectAsync(ct).WaitAsync(ct).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                (string encoding, string searchPath) = await connection.QuerySingleAsync<(string, string)>(
                    new("SELECT current_setting('server_encoding'), current_setting('search_path')", cancellationToken: ct)).ConfigureAwait(false);
                Demand(address, connection.PostgreSqlVersion, encoding);
                DemandSchema(address, searchPath);
                await PostgresFaults.GuardAsync(address, async () =>
                {
                    await PostgresMigrator.MigrateAsync(connection, address, create, Migration.Of("Postgres"), ct).ConfigureAwait(false);
                    return true;
                }).ConfigureAwait(false);
            }

            return database;
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Refuses a server that is too old, and a database whose texts are not UTF-8.</summary>
    public static void Demand(PostgresAddress address, Version version, string encoding)
    {
        if (version.Major < OldestVersion)
        {
            throw new StoreServerException(
                StoreServerFault.NotSupported, address.Shown, $"its version is {version}; expected {OldestVersion} or later");
        }

        if (encoding != "UTF8")
        {
            throw new StoreServerException(
                StoreServerFault.NotSupported,
                address.Shown,
                $"the database's encoding is {encoding}, which cannot hold every text; make one with CREATE DATABASE ... ENCODING 'UTF8'");
        }
    }

    /// <summary>Refuses a connection whose statements would go to another schema: a pooler in between may leave out what a connection asks for.</summary>
    public static void DemandSchema(PostgresAddress address, string searchPath)
    {
        if (searchPath.Trim('"') != address.Schema)
        {
            throw new StoreServerException(
                StoreServerFault.NotSupported,
                address.Shown,
                $"its connections look for tables in '{searchPath}', not in schema '{address.Schema}' as was asked for; a pooler between leaves search_path out. "
                    + $"Have it set for the user: ALTER ROLE ... IN DATABASE ... SET search_path = {address.Schema}");
        }
    }

    /// <summary>A connection of its own, from the pool.</summary>
    /// <exception cref="StoreServerException">The server does not let us in.</exception>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken ct)
    {
        try
        {
            return await _source.OpenConnectionAsync(ct).ConfigureAwait(false);
        }
        catch (NpgsqlException fault)
        {
            throw PostgresFaults.OfConnecting(fault, Address);
        }
        catch (TimeoutException late)
        {
            throw new StoreServerException(StoreServerFault.Unreachable, Address.Shown, "no server answers there in time; check host and port", late);
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
