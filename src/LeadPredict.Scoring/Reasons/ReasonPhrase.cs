using LeadPredict.Scorecard;

namespace LeadPredict.Scoring.Reasons;

/// <summary>What a reason says of one value of a feature, with the bytes that stand for it in JSON. Immutable.</summary>
public sealed class ReasonPhrase
{
    internal ReasonPhrase(uint bits, object? shown, ReadOnlyMemory<byte> shownJson, string text)
    {
        Bits = bits;
        Shown = shown;
        ShownJson = shownJson;
        For = Phrase.Of(text + ": speaks for it");
        Against = Phrase.Of(text + ": speaks against it");
    }

    /// <summary>The value as it is shown: a number, a category, or null when missing.</summary>
    public object? Shown { get; }

    /// <summary>The same in JSON.</summary>
    public ReadOnlyMemory<byte> ShownJson { get; }

    /// <summary>What is said when it speaks for the lead.</summary>
    public Phrase For { get; }

    /// <summary>What is said when it speaks against it.</summary>
    public Phrase Against { get; }

    /// <summary>The bits of the value that this was made of: others of which the same is said are shown by their own number.</summary>
    internal uint Bits { get; }
}
