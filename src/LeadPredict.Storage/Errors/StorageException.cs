namespace LeadPredict.Storage.Errors;

/// <summary>The store cannot do it, and it is the caller's to mend. The message says what was found, where, and what to do.</summary>
public abstract class StorageException : Exception
{
    private protected StorageException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>The connection text names no store that is known here.</summary>
/// <remarks>The message shows nothing after the first sign that a password may follow.</remarks>
public sealed class StoreConnectionException : StorageException
{
    private static readonly char[] Separators = ['=', '@', ';'];

    internal StoreConnectionException(string connection, string? problem = null)
        : base($"'{Shown(connection)}' names no store{(problem is null ? "" : ": " + problem)}; expected sqlite:FILE, for example "
            + "sqlite:leadpredict.db, or PostgreSQL, for example 'Host=localhost;Database=leads;Username=me' or "
            + "postgresql://me@localhost/leads") =>
        Connection = connection;

    /// <summary>The text as given; it may hold a password: do not show it.</summary>
    public string Connection { get; }

    private static string Shown(string connection)
    {
        int scheme = connection.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            return connection[..(scheme + 3)] + "...";
        }

        int end = connection.IndexOfAny(Separators);
        return end >= 0 ? connection[..(end + 1)] + "..." : connection;
    }
}

/// <summary>There is no store in that place.</summary>
public sealed class StoreNotFoundException : StorageException
{
    internal StoreNotFoundException(string path)
        : base($"there is no store at '{path}'; check the name, or make one with 'leadpredict import'") => Path = path;

    /// <summary>The full path that was looked at; <c>host:port/database</c> on a server.</summary>
    public string Path { get; }
}

/// <summary>The file, or the schema of a database, is there but is not a LeadPredict store.</summary>
public sealed class StoreFormatException : StorageException
{
    internal StoreFormatException(string path, string found, Exception? cause = null)
        : base($"'{path}' is not a LeadPredict store: {found}; give another name", cause) => Path = path;

    /// <summary>The full path of the file; <c>host:port/database</c> on a server.</summary>
    public string Path { get; }
}

/// <summary>A newer LeadPredict made the store.</summary>
public sealed class StoreVersionException : StorageException
{
    internal StoreVersionException(string store, int found, int supported)
        : base($"'{store}' has schema version {found}; this LeadPredict knows versions up to {supported}: use a newer one")
    {
        Store = store;
        Found = found;
        Supported = supported;
    }

    /// <summary>The store.</summary>
    public string Store { get; }

    /// <summary>Its schema version.</summary>
    public int Found { get; }

    /// <summary>The newest version that this build knows.</summary>
    public int Supported { get; }
}
