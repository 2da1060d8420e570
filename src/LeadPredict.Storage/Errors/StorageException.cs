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
public sealed class StoreConnectionException : StorageException
{
    internal StoreConnectionException(string connection)
        : base($"'{Shown(connection)}' names no store; expected sqlite:FILE, for example sqlite:leadpredict.db") =>
        Connection = connection;

    /// <summary>The text as given; it may hold a password, so it is shown only up to its first colon.</summary>
    public string Connection { get; }

    private static string Shown(string connection) => connection.Contains('=', StringComparison.Ordinal)
        ? string.Concat(connection.AsSpan(0, connection.IndexOf('=', StringComparison.Ordinal)), "=...")
        : connection;
}

/// <summary>There is no store in that place.</summary>
public sealed class StoreNotFoundException : StorageException
{
    internal StoreNotFoundException(string path)
        : base($"there is no store at '{path}'; check the name, or make one with 'leadpredict import'") => Path = path;

    /// <summary>The full path that was looked at.</summary>
    public string Path { get; }
}

/// <summary>The file is there but is not a LeadPredict store.</summary>
public sealed class StoreFormatException : StorageException
{
    internal StoreFormatException(string path, string found, Exception? cause = null)
        : base($"'{path}' is not a LeadPredict store: {found}; give another file name", cause) => Path = path;

    /// <summary>The full path of the file.</summary>
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
