using LeadPredict.Scorecard;

namespace LeadPredict.Scoring.Reasons;

/// <summary>
/// What a reason says of one value of a feature, with the bytes that stand for it in JSON, all in one piece: there are tens of thousands of these, and each
/// look at another place of memory is waited for. Immutable.
/// </summary>
public sealed class ReasonPhrase
{
    private readonly string _text;
    private readonly byte[] _json;
    private readonly int _shownLength;

    internal ReasonPhrase(uint bits, object? shown, ReadOnlySpan<byte> shownJson, string text)
    {
        Bits = bits;
        Shown = shown;
        _text = text;
        _shownLength = shownJson.Length;
        _json = [.. shownJson, .. Phrase.Of(text).Json];
    }

    /// <summary>The value as it is shown: a number, a category, or null when missing.</summary>
    public object? Shown { get; }

    /// <summary>The same in JSON.</summary>
    public ReadOnlySpan<byte> ShownJson => _json.AsSpan(0, _shownLength);

    /// <summary>What <see cref="Say"/> says before the side, in JSON without the quotes.</summary>
    public ReadOnlySpan<byte> TextJson => _json.AsSpan(_shownLength);

    /// <summary>The bits of the value that this was made of: others of which the same is said are shown by their own number.</summary>
    internal uint Bits { get; }

    /// <summary>How a sentence ends whose value speaks for the lead, or against it.</summary>
    public static ReadOnlySpan<byte> SideJson(bool speaksFor) => speaksFor ? ": speaks for it"u8 : ": speaks against it"u8;

    /// <summary>What is said when the value speaks for the lead, or against it.</summary>
    public string Say(bool speaksFor) => _text + (speaksFor ? ": speaks for it" : ": speaks against it");
}
