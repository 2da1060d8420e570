using System.Globalization;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Requests;

/// <summary>Numbers as people type them into a page's form. What can be meant in two ways is refused, never guessed.</summary>
internal static class TypedNumber
{
    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    /// <summary>An amount of money, with a point before its cents; null where nothing is typed.</summary>
    /// <exception cref="RequestFaultsException">It is none, or one that may be meant otherwise.</exception>
    public static decimal? Amount(string? text) => text?.Trim() is not { Length: > 0 } typed ? null
        : decimal.TryParse(typed, Plain, CultureInfo.InvariantCulture, out decimal amount)
            ? amount < 0 ? throw Refused("amount", typed, "at least 0")
                : amount > Outcome.LargestAmount ? throw Refused("amount", typed, $"at most {Outcome.LargestAmount:0}")
                : Unambiguous("amount", typed, decimals: 2, amount)
        : throw Refused("amount", "no number", "digits with a point, for example 12000.50");

    /// <summary>How many can be called, with a point or a comma as the decimal mark; null where nothing is typed.</summary>
    /// <exception cref="RequestFaultsException">It is none, or one that may be meant otherwise.</exception>
    public static double? Capacity(string? text) => text?.Trim() is not { Length: > 0 } typed ? null
        : double.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double capacity) && double.IsFinite(capacity)
            ? Unambiguous("capacity", typed, decimals: 1, capacity)
        : throw Refused("capacity", "no number", "digits, for example 20 or 4.5");

    /// <summary>Three digits after a mark may be decimals or thousands.</summary>
    private static T Unambiguous<T>(string name, string typed, int decimals, T number)
    {
        int mark = typed.AsSpan().IndexOfAny('.', ',');
        if (mark is < 1 or > 3 || typed.Length - mark - 1 != 3 || !typed.Remove(mark, 1).All(char.IsAsciiDigit) || typed[0] == '0')
        {
            return number;
        }

        string thousands = typed.Remove(mark, 1);
        throw Refused(name, $"{typed}, which may be meant as {thousands}", $"{thousands} or {typed[..mark]}.{typed.AsSpan(mark + 1, decimals)}");
    }

    private static RequestFaultsException Refused(string name, string found, string expected) => new("/" + name, found, expected);
}
