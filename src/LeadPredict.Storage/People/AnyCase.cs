using System.Text;
using System.Text.RegularExpressions;

namespace LeadPredict.Storage.People;

/// <summary>How a statement looks for a text whatever its case: an address is the same in capitals.</summary>
/// <remarks>
/// Which letters a database knows in small and capital form depends on its build and its locale: in Turkish <c>I</c> is not the capital of <c>i</c>, in
/// <c>C</c> there is none but ASCII's. So ASCII's letters alone are compared there and any other character stands for any; what is found so is compared again by
/// <see cref="AreSame"/>, or searched by <see cref="AddressText"/>.
/// </remarks>
internal static partial class AnyCase
{
    /// <summary>A condition that an expression fits a pattern of this class.</summary>
    public static string Like(string expression, string parameter, bool postgres) =>
        postgres ? $"lower({expression} COLLATE \"C\") LIKE @{parameter} ESCAPE '!'" : $"{expression} LIKE @{parameter} ESCAPE '!'";

    /// <summary>A pattern for a text as a whole.</summary>
    public static string Whole(string text)
    {
        var pattern = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = !rune.IsAscii ? pattern.Append('_')
                : rune.Value is '%' or '_' or '!' ? pattern.Append('!').Append((char)rune.Value)
                : pattern.Append(char.ToLowerInvariant((char)rune.Value));
        }

        return Escaped().Replace(pattern.ToString(), @"\u____");
    }

    /// <summary>A pattern for a text anywhere in another.</summary>
    public static string Within(string text) => $"%{Whole(text)}%";

    /// <summary>Whether two texts are the same but for case and for blanks around them.</summary>
    public static bool AreSame(string? one, string other) => one is not null && Suppression.Normalize(one) == Suppression.Normalize(other);

    // A character as JSON escapes it: Ü and ü have other digits.
    [GeneratedRegex(@"\\u[0-9a-f]{4}")]
    private static partial Regex Escaped();
}
