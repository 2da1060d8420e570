using System.Collections.Frozen;
using System.Globalization;

namespace LeadPredict.Features.Words;

/// <summary>Numbers as tables write them: the invariant culture, an exponent, a trailing per-cent sign. No grouping, since "1,5" is two things.</summary>
internal static class NumberText
{
    /// <summary>Whether the text is a finite number. A per-cent sign is dropped, not divided by.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double number)
    {
        text = text.Trim();
        if (text.Length > 1 && text[^1] == '%')
        {
            text = text[..^1];
        }

        if (text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.')
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number))
        {
            return true;
        }

        number = double.NaN;
        return false;
    }

    // What follows a number and tells its unit or its size.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Units = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "k", "m", "bn", "eur", "usd", "gbp", "chf", "jpy", "inr", "aud", "cad", "sek", "nok", "dkk", "pln", "year", "years", "month", "months", "week", "weeks", "day", "days", "hours",
        "minutes", "min", "seconds", "sec").GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// Whether the text were a number without marks that part its digits (<c>1,234.50</c>), name a currency or a unit (<c>500k</c>), or are bookkeepers' or
    /// typesetters' signs for minus: what <see cref="TryParse"/> does not guess.
    /// </summary>
    public static bool LooksLikeOne(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text is ['(', .., ')'])
        {
            text = text[1..^1];
        }

        int unit = text.Length;
        while (unit > 0 && char.IsAsciiLetter(text[unit - 1]))
        {
            unit--;
        }

        if (unit < text.Length && Units.Contains(text[unit..]))
        {
            text = text[..unit];
        }

        const int longest = 40;
        Span<char> bare = stackalloc char[longest];
        int length = 0;
        foreach (char character in text)
        {
            if (char.IsAsciiDigit(character) || character is '.' or '-' or '+' or '%' or '\u2212')
            {
                if (length == longest)
                {
                    return false;
                }

                bare[length++] = character == '\u2212' ? '-' : character;
            }
            else if (character is not (',' or '\'' or '\u2019') && !char.IsWhiteSpace(character) && char.GetUnicodeCategory(character) != UnicodeCategory.CurrencySymbol)
            {
                return false;
            }
        }

        return TryParse(bare[..length], out _);
    }
}
