namespace LeadPredict.Storage.Errors;

/// <summary>A store's file cannot be used now: the disk is full, somebody holds it locked, or it may not be written. Nothing of the work was kept; it may go well later.</summary>
public sealed class StoreFileException : StorageException
{
    internal StoreFileException(string path, string problem, Exception cause)
        : base($"SQLite at {path}: {problem}", cause) => Path = path;

    /// <summary>The full path of the file.</summary>
    public string Path { get; }
}
