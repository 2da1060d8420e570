using System.Globalization;

namespace LeadPredict.Funnel.Leads;

/// <summary>The beginning of a text that is too long to be shown.</summary>
public static class TextStart
{
    /// <summary>As much of a text as fits, cut between characters as people see them: an emoji or a letter with its accents stays whole.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">UTF-16 units that fit; 0 or more.</param>
    public static string Of(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= most)
        {
            return text;
        }

        int end = 0;
        int next = StringInfo.GetNextTextElementLength(text);
        while (end + next <= most)
        {
            end += next;
            next = StringInfo.GetNextTextElementLength(text.AsSpan(end));
        }

        return text[..end];
    }
}
