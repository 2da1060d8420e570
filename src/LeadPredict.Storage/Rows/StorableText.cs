namespace LeadPredict.Storage.Rows;

/// <summary>Text that both databases give back as it was: no NUL (PostgreSQL refuses it), no half of a surrogate pair (UTF-8 has none).</summary>
public static class StorableText
{
    /// <summary>What is wrong with the text, or null when it can be kept.</summary>
    public static string? Fault(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char unit = text[i];
            if (unit == '\0')
            {
                return $"has a NUL character at position {i}";
            }

            if (!char.IsSurrogate(unit))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(unit, text[i + 1]))
            {
                return $"has half of a surrogate pair at position {i}";
            }

            i++;
        }

        return null;
    }

    /// <summary>An identifier short and clean enough for a message.</summary>
    public static string Shown(string text)
    {
        string cut = text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "...") : text;
        return string.Concat(cut.Select(unit => char.IsControl(unit) || char.IsSurrogate(unit) ? '?' : unit));
    }
}
