namespace LeadPredict.Features.Words;

/// <summary>Words for yes and no. The digits 1 and 0 are among them, so ask first where they may be numbers.</summary>
internal static class BooleanWords
{
    private static readonly string[] Yes = ["yes", "true", "y", "t", "1"];
    private static readonly string[] No = ["no", "false", "n", "f", "0"];

    /// <summary>The boolean, or null when the text is neither; without regard to case and outer space.</summary>
    public static bool? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text.Length > 5 ? null : IsOneOf(text, Yes) ? true : IsOneOf(text, No) ? false : null;
    }

    private static bool IsOneOf(ReadOnlySpan<char> text, string[] words)
    {
        foreach (string word in words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
