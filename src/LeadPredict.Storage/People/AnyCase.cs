using System.Text;
using System.Text.RegularExpressions;

namespace LeadPredict.Storage.People;

/// <summary>How a statement looks for a text whatever its case: an address is the same in capitals.</summary>
/// <remarks>
/// Which letters a database knows in small and capital form depends on its build and its locale: in Turkish <c>I</c> is not the capital of <c>i</c>, in
/// <c>C</c> there is none but ASCII's. So ASCII's letters alone are compared there and for any other may stand what there is, an accent of its own too; what is found so is searched again by
/// <see cref="Addresses"/> or <see cref="AddressText"/>.
/// </remarks>
internal static partial class AnyCase
{
    /// <summary>A condition that an expression fits a pattern of this class.</summary>
    public static string Like(string expression, string parameter, bool postgres) =>
        postgres ? $"lower({expression} COLLATE \"C\") LIKE @{parameter} ESCAPE '!'" : $"{expression} LIKE @{parameter} ESCAPE '!'";

    /// <summary>A pattern for a text anywhere in another.</summary>
    public static string Within(string text)
    {
        var pattern = new StringBuilder(text.Length + 2).Append('%');
        foreach (char character in text)
        {
            _ = !char.IsAscii(character) ? pattern.Append('%')
                : character is '%' or '_' or '!' ? pattern.Append('!').Append(character)
                : pattern.Append(char.ToLowerInvariant(character));
        }

        return Escaped().Replace(pattern.Append('%').ToString(), "%");
    }

    // A character as JSON escapes it: Ü and ü have other digits.
    [GeneratedRegex(@"\\u[0-9a-f]{4}")]
    private static partial Regex Escaped();
}
