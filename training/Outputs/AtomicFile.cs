namespace LeadPredict.Training.Outputs;

/// <summary>Writes a file aside and renames it when it is whole: a refusal half-way leaves what was there. Pipes and devices are written as it comes.</summary>
internal static class AtomicFile
{
    public static Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => WriteAsync(path, async stream =>
    {
        await stream.WriteAsync(bytes, cancellation);
        return bytes.Length;
    });

    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        OutputPlace place = OutputPlace.Of(path);
        if (place.IsStream)
        {
            await using FileStream stream = place.OpenStream();
            return await write(stream);
        }

        // It keeps others away until it has its name or is gone.
        await using FileStream aside = place.OpenAside(FileMode.Create);
        try
        {
            T result = await write(aside);
            await aside.FlushAsync();
            place.Replace();
            return result;
        }
        catch
        {
            File.Delete(place.Aside);
            throw;
        }
    }
}
