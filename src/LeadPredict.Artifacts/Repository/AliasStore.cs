using LeadPredict.Artifacts.Format;

namespace LeadPredict.Artifacts.Repository;

/// <summary>The aliases of one model on disk. Readers see the old or the new file, whole; writers take turns by a lock file.</summary>
internal sealed class AliasStore(string folder)
{
    private const string LockName = ".aliases.lock";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private const int Attempts = 500;

    public ModelAliases Read()
    {
        string path = Path.Combine(folder, AliasesFile.Name);
        return File.Exists(path) ? AliasesFile.Read(path, ModelFile.Read(path, FormatLimits.IndexBytes)) : ModelAliases.None;
    }

    public async Task<ModelAliases> ChangeAsync(Func<ModelAliases, ModelAliases> change, CancellationToken cancellation)
    {
        try
        {
            return await WriteAsync(change, cancellation).ConfigureAwait(false);
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            throw ModelFolderException.Writing(folder, closed);
        }
    }

    private async Task<ModelAliases> WriteAsync(Func<ModelAliases, ModelAliases> change, CancellationToken cancellation)
    {
        await using FileStream held = await HoldAsync(cancellation).ConfigureAwait(false);
        ModelAliases now = Read();
        ModelAliases next = change(now);
        if (next == now)
        {
            return now;
        }

        // Only the holder of the lock writes here, so one fixed name is enough and a crash leaves at most one such file.
        string aside = Path.Combine(folder, ".aliases.json.new");
        File.Delete(aside);
        await DurableFiles.WriteAsync(aside, AliasesFile.Write(next), cancellation).ConfigureAwait(false);
        File.Move(aside, Path.Combine(folder, AliasesFile.Name), overwrite: true);
        DurableFiles.FlushFolder(folder);
        return next;
    }

    private async Task<FileStream> HoldAsync(CancellationToken cancellation)
    {
        string path = Path.Combine(folder, LockName);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return Open(path);
            }
            catch (IOException) when (attempt < Attempts && Directory.Exists(folder))
            {
                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (UnauthorizedAccessException) when (File.Exists(path))
        {
            // Another user made it, as root does in a service's folder. Whoever may read it can hold it, and whether the aliases can be written the folder says.
            return Open(path, FileMode.Open, FileAccess.Read);
        }
    }

    private static FileStream Open(string path, FileMode mode, FileAccess access) => new(path, mode, access, FileShare.None, 1, FileOptions.None);
}
