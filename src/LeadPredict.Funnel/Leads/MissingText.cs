namespace LeadPredict.Funnel.Leads;

/// <summary>Texts by which a CRM says that a field holds nothing, in its files and in what it sends. They compare without case and surrounding blanks.</summary>
public static class MissingText
{
    /// <summary>The usual ones, with the <c>Select</c> of an untouched drop-down field; empty text is always one.</summary>
    public static readonly IReadOnlyList<string> Usual = ["NULL", "N/A", "#N/A", "NaN", "Select"];

    /// <summary>Whether the text is empty or one of the usual words.</summary>
    public static bool Is(ReadOnlySpan<char> text) => Is(text, Usual);

    /// <summary>Whether the text is empty or one of the words.</summary>
    public static bool Is(ReadOnlySpan<char> text, IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        ReadOnlySpan<char> trimmed = text.Trim();
        if (trimmed.IsEmpty)
        {
            return true;
        }

        foreach (string word in words)
        {
            if (trimmed.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
