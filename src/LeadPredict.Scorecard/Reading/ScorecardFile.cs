using System.Text;

namespace LeadPredict.Scorecard.Reading;

/// <summary>The bytes of a card's file.</summary>
internal static class ScorecardFile
{
    /// <summary>The largest file that is read: 1 MB.</summary>
    public const int MostBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file's text.</summary>
    /// <exception cref="ScorecardFormatException">The file is too large or not UTF-8.</exception>
    public static string Read(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] buffer = new byte[MostBytes + 1];
        int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (length > MostBytes)
        {
            throw TooLarge(path, "more than 1 MB");
        }

        ReadOnlySpan<byte> bytes = buffer.AsSpan(0, length);
        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw NotUtf8(path, bytes, error);
        }
    }

    /// <summary>Refuses a text that is larger than a file may be.</summary>
    public static void CheckSize(string yaml, string fileName)
    {
        if (yaml.Length > MostBytes || Encoding.UTF8.GetByteCount(yaml) > MostBytes)
        {
            throw TooLarge(fileName, $"{yaml.Length} characters");
        }
    }

    private static ScorecardFormatException TooLarge(string fileName, string found) =>
        new([new(fileName, 1, 1, found, "a scorecard of at most 1 MB")]);

    private static ScorecardFormatException NotUtf8(string path, ReadOnlySpan<byte> bytes, DecoderFallbackException error)
    {
        ReadOnlySpan<byte> before = bytes[..Math.Clamp(error.Index, 0, bytes.Length)];
        int line = before.Count((byte)'\n') + 1;
        int column = before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1;
        string found = $"the byte {Convert.ToHexString(error.BytesUnknown ?? [])}, which is not UTF-8";
        return new([new(path, line, column, found, "a text file saved as UTF-8")]);
    }
}
