namespace LeadPredict.Funnel.Leads;

/// <summary>Which attributes and touch properties hold the address of the person itself, by their names: <c>email</c>, <c>Work E-Mail</c> or <c>emailaddress1</c>, not <c>ownerEmail</c>.</summary>
/// <remarks>A closed list, since an address under any other name may be a colleague's, and what is one person's own decides who is forgotten.</remarks>
public static class EmailAttribute
{
    private static readonly HashSet<string> Names = new(
        [
            .. new[] { "", "work", "business", "professional", "personal", "private", "home", "primary", "secondary", "other", "alternate", "alternative", "additional", "hsadditional", "contact", "person", "lead", "customer", "user", "your", "my" }
                .SelectMany(whose => Words.Select(word => whose + word)),
            .. new[] { "email", "emailaddress" }.SelectMany(word => new[] { "1", "2", "3" }, (word, number) => word + number),
        ],
        StringComparer.Ordinal);

    private static string[] Words => ["email", "emails", "emailaddress", "emailaddresses", "emailadresse", "mail", "mailaddress", "mailadresse"];

    /// <summary>Whether an attribute of this name is the person's own address; of the name only letters and digits count, without case.</summary>
    public static bool Is(string attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);

        // Salesforce ends the names of fields that a company added so.
        string name = attribute.EndsWith("__c", StringComparison.OrdinalIgnoreCase) ? attribute[..^3] : attribute;
        return Names.Contains(string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant());
    }
}
