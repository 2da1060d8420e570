namespace LeadPredict.Artifacts.Repository;

/// <summary>Reads one file of a version, never more of it than expected.</summary>
internal static class ModelFile
{
    /// <summary>The bytes of a file of at most <paramref name="most"/> bytes.</summary>
    /// <exception cref="ModelFormatException">It is missing, larger, or cannot be read.</exception>
    public static byte[] Read(string path, long most)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (stream.Length > most)
            {
                throw new ModelFormatException(path, "size", $"{stream.Length} bytes", $"{most} bytes");
            }

            byte[] bytes = new byte[stream.Length];
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelFormatException(path, "", "no such file", "the file that the publisher wrote", missing);
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            throw new ModelFormatException(path, "", "a file that cannot be read: " + closed.Message, "a readable file", closed);
        }
    }
}
