namespace LeadPredict.Scorecard;

/// <summary>
/// What is said, as it stands in JSON without the quotes, in the pieces that it is made of. A card has few of them, and few ages are told, so that they lie
/// near the processor, where the thousands of sentences that they make do not.
/// </summary>
public readonly ref struct PhraseParts
{
    internal PhraseParts(ReadOnlySpan<byte> first, int? number = null, ReadOnlySpan<byte> second = default, ReadOnlySpan<byte> third = default, ReadOnlySpan<byte> last = default)
    {
        First = first;
        Number = number;
        Second = second;
        Third = third;
        Last = last;
    }

    /// <summary>What comes first.</summary>
    public ReadOnlySpan<byte> First { get; }

    /// <summary>A whole number after it, or null for none.</summary>
    public int? Number { get; }

    /// <summary>What follows.</summary>
    public ReadOnlySpan<byte> Second { get; }

    /// <inheritdoc cref="Second"/>
    public ReadOnlySpan<byte> Third { get; }

    /// <inheritdoc cref="Second"/>
    public ReadOnlySpan<byte> Last { get; }
}
