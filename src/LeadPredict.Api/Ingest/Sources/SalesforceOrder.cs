using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>Makes the same of a delivery's records in whatever order a query listed them.</summary>
internal static class SalesforceOrder
{
    /// <summary>Every record that tells of one end says when and for how much it came first: each later edit of a closed deal tells it again.</summary>
    public static void EndWithEarliest(IReadOnlyList<IngestItem> items)
    {
        IngestItem[] told = [.. items.Where(item => item.Faults.Count == 0)];
        var earliest = told.SelectMany(item => item.Outcomes.Select(row => (Row: row, item.Id))).GroupBy(one => one.Row.Id, StringComparer.Ordinal)
            .ToDictionary(end => end.Key, end => end.OrderBy(one => one.Row.OccurredAt).ThenBy(one => one.Id, StringComparer.Ordinal).First().Row, StringComparer.Ordinal);
        foreach (List<Outcome> outcomes in told.Select(item => item.Outcomes))
        {
            for (int i = 0; i < outcomes.Count; i++)
            {
                outcomes[i] = earliest[outcomes[i].Id];
            }
        }
    }
}
