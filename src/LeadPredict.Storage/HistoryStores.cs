using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Postgres;
using LeadPredict.Storage.Sqlite;

namespace LeadPredict.Storage;

/// <summary>Opens history stores by their connection text.</summary>
public static class HistoryStores
{
    private const string SqlitePrefix = "sqlite:";

    /// <summary>Opens a store and brings its tables up to date.</summary>
    /// <param name="connection">
    /// <c>sqlite:FILE</c>, where a relative file is taken from the working directory; or PostgreSQL 15 or later, as
    /// <c>Host=...;Database=...</c> or <c>postgresql://user:password@host:port/database</c>.
    /// </param>
    /// <param name="create">Whether to make the store where there is none. A PostgreSQL database must be there; its tables are made.</param>
    /// <param name="ct">Stops the opening.</param>
    /// <exception cref="StoreConnectionException">The text names no store that is known here.</exception>
    /// <exception cref="StoreNotFoundException">There is no such file, or no tables, and <paramref name="create"/> is false.</exception>
    /// <exception cref="StoreServerException">The server does not answer, does not let us in, or is not fit.</exception>
    /// <exception cref="StoreVersionException">A newer LeadPredict made the store.</exception>
    /// <exception cref="StoreFormatException">The file, or the schema in the database, is something else.</exception>
    /// <exception cref="StoreFileException">The file cannot be read or written.</exception>
    public static async Task<IHistoryStore> OpenAsync(string connection, bool create, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (SqliteFile(connection) is { } file)
        {
            return await SqliteHistoryStore.OpenAsync(file, create, ct).ConfigureAwait(false);
        }

        return await PostgresHistoryStore.OpenAsync(Postgres(connection), create, ct).ConfigureAwait(false);
    }

    /// <summary>The store's name for people, logs and reports: <c>sqlite:FILE</c>, or <c>postgresql://host:port/database</c> without user and password.</summary>
    /// <exception cref="StoreConnectionException">The text names no store that is known here.</exception>
    public static string Shown(string connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return SqliteFile(connection) is null ? "postgresql://" + Postgres(connection).Shown : connection;
    }

    /// <summary>The file of a SQLite store, where <c>~/</c> is the home folder, which no shell puts in behind <c>sqlite:</c>; null for other stores.</summary>
    /// <exception cref="StoreConnectionException">It is <c>:memory:</c>, which would be gone with the command, or there is no home folder.</exception>
    public static string? SqliteFile(string connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return !connection.StartsWith(SqlitePrefix, StringComparison.OrdinalIgnoreCase) ? null
            : connection[SqlitePrefix.Length..].Trim() switch
            {
                "" => null,
                ":memory:" => throw new StoreConnectionException(connection, "a history is kept in a file, not in memory"),
                ['~', '/', .. string inside] => InHome(connection, inside, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)),
                string file => file,
            };
    }

    /// <summary>A file in the home folder; the runtime gives <c>/</c> for a user who has none.</summary>
    internal static string InHome(string connection, string inside, string home) => home is "" or "/"
        ? throw new StoreConnectionException(connection, "there is no home folder for ~; name the whole path")
        : Path.Combine(home, inside);

    internal static PostgresAddress Postgres(string connection) =>
        PostgresAddress.Read(connection) ?? throw new StoreConnectionException(connection);
}
