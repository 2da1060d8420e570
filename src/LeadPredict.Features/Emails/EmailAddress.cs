using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Emails;

/// <summary>What kind of address an e-mail address is. Nothing of the address itself is kept.</summary>
/// <remarks>Pure functions, safe on all threads.</remarks>
public static class EmailAddress
{
    private const int Business = 1, Free = 2, Education = 3, Government = 4, Role = 5, Disposable = 6, Invalid = 7;

    /// <summary>An @ in a link.</summary>
    private const string Escaped = "%40";

    /// <summary>What stands around an address in a text or a link.</summary>
    private static readonly char[] Around = [.. " \t\r\n\u00A0<>()[]{}\"',;:|=&?#/\\"];

    /// <summary>The kinds by code; 0 is never given, since every address has a kind.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        [FeatureDefinition.Other, "business", "free mail", "education", "government", "role address", "disposable", "invalid"];

    /// <summary>The code in <see cref="Kinds"/>: disposable and free-mail domains first, then public bodies, then role addresses such as <c>info@</c>.</summary>
    public static int Kind(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        ReadOnlySpan<char> text = address.AsSpan().Trim().Trim("<>");
        int at = text.LastIndexOf('@');
        if (at < 1 || text.Length > 254 || text.Contains(' '))
        {
            return Invalid;
        }

        Span<char> lower = stackalloc char[text.Length];
        text.ToLowerInvariant(lower);
        ReadOnlySpan<char> domain = lower[(at + 1)..].TrimEnd('.');
        int dot = domain.LastIndexOf('.');
        if (dot < 1 || dot == domain.Length - 1)
        {
            return Invalid;
        }

        return MailDomains.IsDisposable(domain) ? Disposable
            : MailDomains.IsFree(domain) ? Free
            : MailDomains.IsEducation(domain) ? Education
            : MailDomains.IsGovernment(domain) ? Government
            : RoleNames.Includes(lower[..at]) ? Role
            : Business;
    }

    /// <summary>Whether text has an address somewhere, as in <c>Ada &lt;ada@acme.example&gt;</c> or in a link that carries one.</summary>
    internal static bool IsWithin(string text) =>
        (text.Contains('@', StringComparison.Ordinal) || text.Contains(Escaped, StringComparison.Ordinal))
        && text.Replace(Escaped, "@", StringComparison.Ordinal).Split(Around, StringSplitOptions.RemoveEmptyEntries).Any(Looks);

    /// <summary>Whether text has the form of an address.</summary>
    internal static bool Looks(string text) => text.Contains('@', StringComparison.Ordinal) && Kind(text) != Invalid;
}
