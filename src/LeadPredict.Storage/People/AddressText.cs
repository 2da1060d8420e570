using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.People;

/// <summary>Takes an address out of a text, and no other address that holds it: <c>joann@acme.co</c> is not <c>ann@acme.co</c>, nor is <c>ann@acme.com</c>.</summary>
internal static partial class AddressText
{
    // From here on scripts are written without spaces, so that a letter beside an address is no part of it.
    private const char WithoutSpaces = '\u2E80';

    /// <summary>The text with <see cref="ForgottenText.InPlace"/> wherever the address stands for itself, however its case and as JSON escapes it.</summary>
    /// <param name="text">The text; it may be JSON, also inside of JSON.</param>
    /// <param name="address">The address as <see cref="Addresses"/> gives it.</param>
    public static string Without(string text, string address) => Forms(address).Aggregate(text, WithoutForm);

    /// <summary>How texts spell an address: as it is, as JSON escapes it, and JSON inside JSON.</summary>
    public static IEnumerable<string> Forms(string address) => new[] { address, ComposedText.Decompose(address) }.SelectMany(form =>
    {
        string escaped = JsonEncodedText.Encode(form).ToString();
        return new[] { form, escaped, JsonEncodedText.Encode(escaped).ToString() };
    }).Distinct(StringComparer.Ordinal);

    /// <summary>Whether an address may begin at a place of a text; as <see cref="Without"/> has it.</summary>
    public static bool MayBegin(string text, int at) => !GoesOnBefore(text.AsSpan(0, at));

    public static bool IsLetterOrDigit(char character) => char.IsLetterOrDigit(character) && character < WithoutSpaces;

    private static string WithoutForm(string text, string address)
    {
        var rest = new StringBuilder();
        int kept = 0;
        Regex spelt = Spelt(address);
        for (Match found = spelt.Match(text); found.Success;)
        {
            (int at, int end) = (found.Index, found.Index + found.Length);
            if (GoesOnBefore(text.AsSpan(0, at)) || GoesOnAfter(text.AsSpan(end)))
            {
                found = spelt.Match(text, at + 1);
                continue;
            }

            rest.Append(text, kept, at - kept).Append(ForgottenText.InPlace);
            kept = end;
            found = spelt.Match(text, end);
        }

        return kept == 0 ? text : rest.Append(text, kept, text.Length - kept).ToString();
    }

    /// <summary>The address in any case. Where JSON escapes a letter, its small and its capital form are different digits.</summary>
    private static Regex Spelt(string address) => new(
        Escaped().Replace(Regex.Escape(address), found =>
        {
            var letter = (char)ushort.Parse(found.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            return string.Create(CultureInfo.InvariantCulture, $@"\\u(?:{(int)char.ToLowerInvariant(letter):x4}|{(int)char.ToUpperInvariant(letter):x4})");
        }),
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\\\\u([0-9A-Fa-f]{4})")]
    private static partial Regex Escaped();

    /// <summary>Whether the address is the end of a longer one. Where a text leaves it open it is none: rather too much is taken out than too little.</summary>
    private static bool GoesOnBefore(ReadOnlySpan<char> before)
    {
        if (before.Length >= 6 && before[^6] == '\\' && before[^5] is 'u' or 'U' && Hex(before[^4..]) is { } escaped)
        {
            return IsOfName(escaped);
        }

        if (before.Length >= 3 && before[^3] == '%' && Hex(before[^2..]) is { } encoded)
        {
            return IsOfName(encoded);
        }

        bool isEscape = before.Length >= 2 && before[^2] == '\\';
        return before.Length > 0 && !isEscape && IsOfName(before[^1]);
    }

    private static bool GoesOnAfter(ReadOnlySpan<char> after)
    {
        bool isDot = after.Length > 0 && after[0] == '.';
        ReadOnlySpan<char> next = isDot ? after[1..] : after;
        if (next.Length >= 6 && next[0] == '\\' && next[1] is 'u' or 'U' && Hex(next[2..6]) is { } escaped)
        {
            return IsLetterOrDigit(escaped);
        }

        return next.Length > 0 && (IsLetterOrDigit(next[0]) || (!isDot && next[0] is '-' or '_'));
    }

    // Other characters that the standard allows in a name are far more often what surrounds an address, as in a link or quotes.
    private static bool IsOfName(char character) => IsLetterOrDigit(character) || character is '.' or '-' or '_';

    private static char? Hex(ReadOnlySpan<char> digits) =>
        ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code) ? (char)code : null;
}
