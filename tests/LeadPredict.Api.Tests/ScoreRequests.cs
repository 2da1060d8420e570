namespace LeadPredict.Api.Tests;

/// <summary>Requests as the contract shows them.</summary>
internal static class ScoreRequests
{
    public const string Example =
        """
        { "asOf": "2025-06-01T00:00:00Z",
          "lead": { "id": "b1", "createdAt": "2025-05-01T08:00:00Z", "source": "organic_search",
                    "attributes": { "industry": "software", "employees": 250, "jobTitle": "VP Marketing", "country": "DE" } },
          "touches": [ { "id": "t1", "type": "page_view", "occurredAt": "2025-05-20T10:00:00Z", "properties": { "page": "pricing" } } ],
          "transitions": [ { "to": "MarketingQualified", "occurredAt": "2025-05-21T10:00:00Z" } ] }
        """;

    /// <summary>The example with one part put in place of another, which must be there.</summary>
    public static string With(string part, string other)
    {
        Example.ShouldContain(part);
        return Example.Replace(part, other, StringComparison.Ordinal);
    }
}
