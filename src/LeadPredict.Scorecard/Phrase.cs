using System.Text;
using System.Text.Json;

namespace LeadPredict.Scorecard;

/// <summary>A text with the bytes that stand for it in JSON, made once and said many times. Immutable.</summary>
public sealed class Phrase
{
    private readonly byte[] _json;

    private Phrase(string text, byte[] json)
    {
        Text = text;
        _json = json;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The text in JSON, escaped, without the quotes.</summary>
    public ReadOnlySpan<byte> Json => _json;

    /// <summary>Encodes a text; halves of pairs that stand alone, as cutting leaves them, come out as the replacement character.</summary>
    public static Phrase Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string whole = text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
        return new(text, JsonEncodedText.Encode(whole).EncodedUtf8Bytes.ToArray());
    }
}
