namespace LeadPredict.Api.Ingest.Sources;

/// <summary>Identifiers of Salesforce: 15 characters of which the case counts, or those with three more that tell it.</summary>
public static class SalesforceId
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private const int Short = 15, Group = 5, Prefix = 3;

    // Histories of single fields share one prefix, whatever they are of.
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["00Q"] = "Lead",
        ["006"] = "Opportunity",
        ["008"] = "OpportunityHistory",
        ["001"] = "Account",
        ["003"] = "Contact",
        ["00T"] = "Task",
        ["00U"] = "Event",
        ["00v"] = "CampaignMember",
        ["701"] = "Campaign",
        ["005"] = "User",
        ["00K"] = "OpportunityContactRole",
        ["00k"] = "OpportunityLineItem",
        ["500"] = "Case",
    };

    /// <summary>The type of records whose identifiers begin so, or null where the prefix does not tell.</summary>
    public static string? Type(string id) => id.Length < Prefix ? null : Types.GetValueOrDefault(id[..Prefix]);

    /// <summary>The form of 18 characters; what is no identifier of 15 stays as it is.</summary>
    /// <remarks>Each group of five characters gives one: its capitals as bits, the first the lowest.</remarks>
    public static string Whole(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.Length != Short || !id.All(char.IsAsciiLetterOrDigit))
        {
            return id;
        }

        Span<char> check = stackalloc char[Short / Group];
        for (int i = 0; i < check.Length; i++)
        {
            int capitals = 0;
            for (int bit = 0; bit < Group; bit++)
            {
                capitals |= char.IsAsciiLetterUpper(id[(i * Group) + bit]) ? 1 << bit : 0;
            }

            check[i] = Digits[capitals];
        }

        return string.Concat(id, check);
    }
}
