namespace LeadPredict.Training.Score;

/// <summary>Writes a file aside and renames it when it is whole: a refusal half-way leaves what was there. Pipes and devices are written as it comes.</summary>
internal static class AtomicFile
{
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        OutputPlace place = OutputPlace.Of(path);
        if (place.IsStream)
        {
            await using FileStream stream = place.OpenStream();
            return await write(stream);
        }

        try
        {
            T result;
            await using (FileStream stream = place.OpenAside(FileMode.Create))
            {
                result = await write(stream);
            }

            place.Replace();
            return result;
        }
        finally
        {
            File.Delete(place.Aside);
        }
    }
}
