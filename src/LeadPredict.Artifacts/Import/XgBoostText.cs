namespace LeadPredict.Artifacts.Import;

/// <summary>XGBoost's JSON made plain JSON: it writes the conditions of categorical nodes as a bare <c>NaN</c>, which JSON does not have.</summary>
internal static class XgBoostText
{
    private static readonly byte[][] Words = ["NaN"u8.ToArray(), "-NaN"u8.ToArray(), "Infinity"u8.ToArray(), "-Infinity"u8.ToArray()];

    /// <summary>The same text with <c>null</c> for numbers that are none; the array itself when there are none.</summary>
    public static ReadOnlyMemory<byte> ToJson(byte[] text)
    {
        var plain = new MemoryStream();
        int copied = 0;
        bool inText = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (inText)
            {
                inText = text[i] != '"';
                i += text[i] == '\\' ? 1 : 0;
            }
            else if (text[i] == '"')
            {
                inText = true;
            }
            else if (WordAt(text.AsSpan(i)) is { Length: > 0 } word)
            {
                plain.Write(text.AsSpan(copied, i - copied));
                plain.Write("null"u8);
                copied = i + word.Length;
                i = copied - 1;
            }
        }

        if (copied == 0)
        {
            return text;
        }

        plain.Write(text.AsSpan(copied));
        return plain.GetBuffer().AsMemory(0, (int)plain.Length);
    }

    /// <summary>Whether it is XGBoost's binary JSON, which newer versions write unless the file's name ends in <c>.json</c>.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> text) => text.Length > 1 && text[0] == '{' && (char)text[1] is 'L' or 'l' or 'I' or 'i' or 'U' or '$' or '#';

    private static byte[]? WordAt(ReadOnlySpan<byte> rest)
    {
        if (rest[0] is not ((byte)'N' or (byte)'I' or (byte)'-'))
        {
            return null;
        }

        foreach (byte[] word in Words)
        {
            if (rest.StartsWith(word))
            {
                return word;
            }
        }

        return null;
    }
}
