using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.People;

/// <summary>The addresses that a text holds, as they are compared: who forgets a person and who adds rows see the same ones.</summary>
internal static partial class Addresses
{
    /// <summary>An address that more leads than these have, beside the person's, is nobody's own.</summary>
    public const int MostHolders = 10;

    private const int Longest = 254;
    private const string MailTo = "mailto:";

    /// <summary>What people and forms write where there is no address.</summary>
    private static readonly FrozenSet<string> Placeholders = FrozenSet.Create(
        StringComparer.Ordinal, "none", "na", "n.a", "no", "nomail", "no-mail", "noemail", "no-email", "nobody", "null", "unknown", "unbekannt", "anonymous", "anonym", "example", "dummy", "fake", "x", "xx", "xxx", "asdf");

    /// <summary>A text as an address is compared.</summary>
    public static string Normalize(string address) => ComposedText.Compose(Trim(address).ToLowerInvariant());

    /// <summary>
    /// The addresses of the person whose identifier or e-mail attribute it is: also one of several in a list, beside a name as in <c>Ada &lt;ada@acme.example&gt;</c>, in a link or
    /// with characters around it that cannot be seen.
    /// </summary>
    public static IEnumerable<string> Own(string? text)
    {
        if (text?.Contains('@', StringComparison.Ordinal) != true)
        {
            return [];
        }

        return text.Split(text.Where(Parts).Distinct().ToArray(), StringSplitOptions.RemoveEmptyEntries).Select(WithoutLink).Select(Normalize).Where(IsOne).Distinct();
    }

    /// <summary>The addresses of the person that an attribute or a property holds: none where its name is not that of one's own address.</summary>
    public static IEnumerable<string> Own(string name, AttributeValue value) =>
        value.Text is { } text && text.Contains('@', StringComparison.Ordinal) && EmailAttribute.Is(name) ? Own(text) : [];

    /// <summary>The addresses of the person who touched, as a form sends them.</summary>
    public static IEnumerable<string> Own(Touch touch) => touch.Properties.SelectMany(property => Own(property.Key, property.Value));

    /// <summary>Whether an address is a person's: it names no function and not nobody, as <c>info@</c> and <c>none@</c> do.</summary>
    /// <param name="address">As <see cref="Own(string?)"/> gives it.</param>
    public static bool IsPersonal(string address) =>
        address.IndexOf('@', StringComparison.Ordinal) is var at && !RoleNames.Includes(address.AsSpan(0, at)) && !Placeholders.Contains(address[..at]);

    /// <summary>
    /// Everything in a text that may be an address, whosever it is; the text may be JSON. Where it is not clear where one begins there are several, the longest first:
    /// <c>to=ann@acme.co</c> and <c>ann@acme.co</c>.
    /// </summary>
    public static IEnumerable<string> Mentioned(string? text)
    {
        if (text?.Contains('@', StringComparison.Ordinal) != true)
        {
            yield break;
        }

        string plain = ComposedText.Compose(Escaped().Replace(text, found => ((char)ushort.Parse(found.ValueSpan[^4..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString()).ToLowerInvariant());
        for (int at = plain.IndexOf('@', StringComparison.Ordinal); at >= 0; at = plain.IndexOf('@', at + 1))
        {
            int first = at;
            while (first > 0 && at - first < Longest && plain[first - 1] != '@' && !Parts(plain[first - 1]) && !IsUnseen(plain[first - 1]))
            {
                first--;
            }

            foreach (int end in Ends(plain, at + 1))
            {
                for (int begin = first; begin < at; begin++)
                {
                    if ((begin == first || AddressText.MayBegin(plain, begin)) && end - begin <= Longest)
                    {
                        yield return plain[begin..end];
                    }
                }
            }
        }
    }

    /// <summary>Where an address may end: scripts without spaces may be part of it, or of the text after it.</summary>
    private static IEnumerable<int> Ends(string text, int from)
    {
        int longest = End(char.IsLetterOrDigit);
        int shortest = End(AddressText.IsLetterOrDigit);
        return new[] { longest, shortest }.Distinct().Where(end => end > from);

        int End(Func<char, bool> isPart)
        {
            int end = from;
            while (end < text.Length && (isPart(text[end]) || text[end] is '.' or '-' or '_'))
            {
                end++;
            }

            while (end > from && text[end - 1] is '.' or '-' or '_')
            {
                end--;
            }

            return end;
        }
    }

    private static bool IsOne(string text) => text.Length is > 2 and <= Longest && text.IndexOf('@', StringComparison.Ordinal) > 0 && text[^1] != '@';

    private static bool Parts(char character) =>
        char.IsWhiteSpace(character) || char.IsControl(character) || character is ';' or ',' or '<' or '>' or '|' or '"' or '(' or ')' or '[' or ']' or '{' or '}';

    private static bool IsUnseen(char character) => char.GetUnicodeCategory(character) == UnicodeCategory.Format;

    private static string WithoutLink(string text)
    {
        string trimmed = Trim(text);
        return trimmed.StartsWith(MailTo, StringComparison.OrdinalIgnoreCase) ? trimmed[MailTo.Length..].Split('?')[0] : trimmed;
    }

    private static string Trim(string text)
    {
        (int start, int end) = (0, text.Length);
        while (start < end && IsAround(text[start]))
        {
            start++;
        }

        while (end > start && IsAround(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsAround(char character) => char.IsWhiteSpace(character) || char.IsControl(character) || IsUnseen(character) || character is '\'' or '.';

    [GeneratedRegex(@"\\+u[0-9A-Fa-f]{4}")]
    private static partial Regex Escaped();
}
