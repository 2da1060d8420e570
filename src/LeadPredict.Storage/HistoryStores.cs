using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Sqlite;

namespace LeadPredict.Storage;

/// <summary>Opens history stores by their connection text.</summary>
public static class HistoryStores
{
    private const string SqlitePrefix = "sqlite:";

    /// <summary>Opens a store and brings its tables up to date.</summary>
    /// <param name="connection"><c>sqlite:FILE</c>; a relative file is taken from the working directory.</param>
    /// <param name="create">Whether to make the store where there is none.</param>
    /// <param name="ct">Stops the opening.</param>
    /// <exception cref="StoreConnectionException">The text names no store that is known here.</exception>
    /// <exception cref="StoreNotFoundException">There is no such file, and <paramref name="create"/> is false.</exception>
    /// <exception cref="StoreVersionException">A newer LeadPredict made the store.</exception>
    /// <exception cref="StoreFormatException">The file is something else.</exception>
    public static async Task<IHistoryStore> OpenAsync(string connection, bool create, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.StartsWith(SqlitePrefix, StringComparison.OrdinalIgnoreCase)
            && connection.AsSpan(SqlitePrefix.Length).Trim() is { Length: > 0 } file)
        {
            return await SqliteHistoryStore.OpenAsync(file.ToString(), create, ct).ConfigureAwait(false);
        }

        throw new StoreConnectionException(connection);
    }
}
