namespace LeadPredict.Training.Score;

/// <summary>Writes a file aside and renames it when it is whole: a refusal half-way leaves what was there.</summary>
internal static class AtomicFile
{
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        string aside = path + ".part";
        try
        {
            T result;
            await using (var stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                result = await write(stream);
            }

            File.Move(aside, path, overwrite: true);
            return result;
        }
        finally
        {
            File.Delete(aside);
        }
    }
}
