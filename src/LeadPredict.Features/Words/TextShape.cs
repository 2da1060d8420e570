namespace LeadPredict.Features.Words;

/// <summary>What a text looks like, for messages: what it says may be somebody's.</summary>
public static class TextShape
{
    private const int Longest = 40;

    /// <summary>The text in quotes with a 9 for each digit and an x for each letter, cut after 40 characters.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string shape = string.Concat(text.Take(Longest).Select(character =>
            char.IsDigit(character) ? '9' : char.IsLetter(character) || char.IsSurrogate(character) ? 'x' : char.IsControl(character) ? ' ' : character));
        return $"'{shape}'{(text.Length > Longest ? "..." : "")}";
    }
}
