namespace LeadPredict.Storage.Errors;

/// <summary>The temporary file that a history is read into cannot be made or written. It may go well once there is room.</summary>
public sealed class SpoolException : StorageException
{
    internal SpoolException(string folder, Exception cause)
        : base($"a history is read into a temporary file, which cannot be written to '{folder}': {cause.Message} Make room there, or name another folder in TMPDIR.", cause) =>
        Folder = folder;

    /// <summary>The folder for temporary files.</summary>
    public string Folder { get; }
}
