using System.Text;

namespace LeadPredict.Training.Hosting;

/// <summary>Files of text that people write.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file in UTF-8, with or without a byte order mark.</summary>
    /// <exception cref="RefusalException">It is in another encoding; the message names the place.</exception>
    public static string Read(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            int line = bytes[..Math.Clamp(fault.Index, 0, bytes.Length)].Count((byte)'\n') + 1;
            throw new RefusalException(
                $"'{path}' has the byte {Convert.ToHexString(fault.BytesUnknown ?? [])} in line {line}, which is not UTF-8; save it as UTF-8", fault);
        }
    }
}
