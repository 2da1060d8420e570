namespace LeadPredict.Artifacts.Repository;

/// <summary>
/// A folder beside the models in which a version is written before it gets its name. Its owner holds a lock file; a folder whose lock is
/// free was left by a crash and is removed by the next publisher.
/// </summary>
internal sealed class StagingFolder : IDisposable
{
    private const string Prefix = ".staging-";
    private const string LockSuffix = ".lock";

    private readonly FileStream _lock;

    private StagingFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    public static StagingFolder Create(string root)
    {
        Directory.CreateDirectory(root);
        for (int attempt = 1; ; attempt++)
        {
            string path = System.IO.Path.Combine(root, Prefix + System.IO.Path.GetRandomFileName());
            try
            {
                FileStream held = Hold(path);
                Directory.CreateDirectory(path);
                return new(path, held);
            }
            catch (IOException) when (attempt < 10)
            {
                // Another publisher took the new lock for a stale one before it was held: begin again under another name.
            }
        }
    }

    /// <summary>Removes what crashed publishers left; folders in use stay.</summary>
    public static void RemoveStale(string root)
    {
        if (!Directory.Exists(root))
        {
            return;
        }

        // A publisher may have crashed between making its lock and its folder, so either of the two tells of it.
        IEnumerable<string> paths = Directory.EnumerateFileSystemEntries(root, Prefix + "*")
            .Select(path => path.EndsWith(LockSuffix, StringComparison.Ordinal) ? path[..^LockSuffix.Length] : path);
        foreach (string path in paths.Distinct(StringComparer.Ordinal).ToArray())
        {
            try
            {
                using FileStream held = Hold(path);
                if (Directory.Exists(path))
                {
                    Directory.Delete(path, recursive: true);
                }
            }
            catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
            {
                // Its publisher is still at work, or another one is just removing it.
            }
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }

        _lock.Dispose();
    }

    private static FileStream Hold(string path) =>
        new(path + LockSuffix, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
}
