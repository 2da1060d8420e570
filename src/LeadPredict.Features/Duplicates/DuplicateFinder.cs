using LeadPredict.Features.Emails;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Duplicates;

/// <summary>
/// Looks through a history for leads with the same e-mail address, phone number, or name and company, for accounts with the same domain, and for
/// leads without an account whose address is of an account's domain.
/// </summary>
/// <remarks>Memory grows with the leads, some hundred bytes each. Role and free-mail addresses tell no company; role addresses no person; texts that somebody was taken out of tell nothing.</remarks>
public sealed class DuplicateFinder
{
    private const int ShortestPhone = 7;
    private readonly List<Known> _leads = [];
    private readonly Dictionary<string, (string Domain, DateTimeOffset CreatedAt)> _accounts = new(StringComparer.Ordinal);

    /// <summary>Adds an account with its leads.</summary>
    public void Observe(AccountHistory account)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (account.Account is { Domain: { } domain } company && Domain(domain) is { } known)
        {
            _accounts[company.Id] = (known, company.CreatedAt);
        }

        foreach (LeadHistory lead in account.Leads)
        {
            var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (AttributeChange change in lead.Attributes)
            {
                values[change.Name] = change.Value.ToString() is var text && ForgottenText.IsIn(text) ? "" : text;
            }

            string? email = Email(values);
            _leads.Add(new(lead.Lead.Id, lead.Lead.AccountId, lead.Lead.CreatedAt, email, Phone(values), Person(values), Company(values, ForgottenText.IsIn(account.Account?.Name) ? lead.Lead.AccountId : account.Account?.Name ?? lead.Lead.AccountId)));
        }
    }

    /// <summary>What seems to be one, the surest first: by address, number, name, then accounts. Each lead and account is merged at most once.</summary>
    public IReadOnlyList<DuplicateProposal> Find()
    {
        var merged = new HashSet<string>(StringComparer.Ordinal);
        List<DuplicateProposal> found =
        [
            .. Same("the same e-mail address", lead => lead.Email is { } email && Kind(email) != "role address" ? email : null, merged),
            .. Same("the same phone number", lead => lead.Phone, merged, AreOne),
            .. Same("the same name and company", lead => lead.Person is { } person && lead.Company is { } company ? person + "@" + company : null, merged),
        ];
        foreach (var group in _accounts.GroupBy(account => account.Value.Domain, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            string[] ids = [.. group.OrderBy(account => account.Value.CreatedAt).ThenBy(account => account.Key, StringComparer.Ordinal).Select(account => account.Key)];
            found.AddRange(ids.Skip(1).Select(id => new DuplicateProposal("account", ids[0], id, "the same domain")));
        }

        var ofDomain = _accounts.OrderBy(account => account.Value.CreatedAt).ThenBy(account => account.Key, StringComparer.Ordinal)
            .GroupBy(account => account.Value.Domain, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Key, StringComparer.Ordinal);
        found.AddRange(_leads.Where(lead => lead.Account is null && !merged.Contains(lead.Id) && IsBusiness(lead.Email))
            .Select(lead => (lead.Id, Account: ofDomain.GetValueOrDefault(lead.Email![(lead.Email!.IndexOf('@', StringComparison.Ordinal) + 1)..])))
            .Where(lead => lead.Account is not null)
            .Select(lead => new DuplicateProposal("attach", lead.Account!, lead.Id, "the address is of the account's domain")));
        return found;
    }

    /// <summary>The one with an account is kept, of these the oldest.</summary>
    /// <param name="because">What they have in common, in words.</param>
    /// <param name="key">What they have in common, or null.</param>
    /// <param name="merged">Leads that are merged already; added to.</param>
    /// <param name="areOne">Whether those of one key can all be one person; null where the key tells enough.</param>
    private IEnumerable<DuplicateProposal> Same(string because, Func<Known, string?> key, HashSet<string> merged, Func<Known[], bool>? areOne = null)
    {
        foreach (var group in _leads.Where(lead => key(lead) is not null).GroupBy(lead => key(lead)!, StringComparer.Ordinal))
        {
            Known[] ones = [.. group.Where(lead => !merged.Contains(lead.Id))
                .OrderBy(lead => lead.Account is null ? 1 : 0).ThenBy(lead => lead.CreatedAt).ThenBy(lead => lead.Id, StringComparer.Ordinal)];
            foreach (Known other in areOne?.Invoke(ones) == false ? [] : ones.Skip(1))
            {
                merged.Add(other.Id);
                yield return new("lead", ones[0].Id, other.Id, because);
            }
        }
    }

    /// <summary>Whether leads that share a number can be one person. Different names, or business addresses where a name is missing, are of colleagues at a switchboard.</summary>
    private static bool AreOne(Known[] leads) =>
        leads.Select(lead => lead.Person).Where(person => person is not null).Distinct().Count() <= 1
        && (Array.TrueForAll(leads, lead => lead.Person is not null) || leads.Select(lead => lead.Email).Where(IsBusiness).Distinct().Count() <= 1);

    private static bool IsBusiness(string? email) => email is not null && Kind(email) == "business";

    private static string? Email(Dictionary<string, string> values)
    {
        string? email = values.GetValueOrDefault("email") ?? values.FirstOrDefault(entry => EmailAttribute.Is(entry.Key) && entry.Value.Contains('@', StringComparison.Ordinal)).Value;
        return email is not null && EmailAddress.Looks(email) ? email.Trim().Trim('<', '>').ToLowerInvariant() : null;
    }

    private static string? Phone(Dictionary<string, string> values)
    {
        string? text = values.GetValueOrDefault("phone") ?? values.GetValueOrDefault("mobilephone") ?? values.GetValueOrDefault("mobilePhone");
        if (text is null)
        {
            return null;
        }

        string digits = string.Concat(text.Where(char.IsAsciiDigit));
        digits = digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
        return digits.Length >= ShortestPhone && digits.Distinct().Count() > 1 ? digits : null;
    }

    /// <summary>First and last name; null where one of them is missing.</summary>
    private static string? Person(Dictionary<string, string> values)
    {
        string name = values.GetValueOrDefault("name") ?? $"{values.GetValueOrDefault("firstName")} {values.GetValueOrDefault("lastName")}";
        return name.Trim().Contains(' ', StringComparison.Ordinal) && Letters(name) is { Length: > 3 } letters ? letters : null;
    }

    private static string? Company(Dictionary<string, string> values, string? account) =>
        (account ?? values.GetValueOrDefault("company")) is { Length: > 0 } company ? Letters(company) : null;

    /// <summary>Letters and digits without case.</summary>
    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string Kind(string email) => EmailAddress.Kinds[EmailAddress.Kind(email)];

    private static string? Domain(string text)
    {
        string domain = text.Trim().ToLowerInvariant();
        domain = domain[(domain.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? at + 3 : 0)..].Split('/', '?', ':')[0];
        domain = domain.StartsWith("www.", StringComparison.Ordinal) ? domain[4..] : domain;
        return domain.Contains('.', StringComparison.Ordinal) && Kind("someone@" + domain) is "business" or "education" or "government" ? domain : null;
    }

    private sealed record Known(string Id, string? Account, DateTimeOffset CreatedAt, string? Email, string? Phone, string? Person, string? Company);
}
