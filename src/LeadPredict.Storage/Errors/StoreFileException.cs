namespace LeadPredict.Storage.Errors;

/// <summary>A store's file cannot be used now: the disk is full, somebody holds it locked, or it may not be written. Nothing of the work was kept; it may go well later.</summary>
public sealed class StoreFileException : StorageException
{
    internal StoreFileException(string path, string problem, Exception? cause = null)
        : base($"SQLite at {path}: {problem}", cause)
    {
        Path = path;
        Problem = problem;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>What is the matter, without the path.</summary>
    internal string Problem { get; }

    /// <summary>Whether the file that was opened is not in its place any more: gone, or replaced by another. It does not pass while the program runs.</summary>
    public bool IsMoved { get; internal init; }
}
