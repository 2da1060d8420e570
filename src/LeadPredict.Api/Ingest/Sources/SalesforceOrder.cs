using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>Makes the same of a delivery's records in whatever order a query listed them.</summary>
internal static class SalesforceOrder
{
    /// <summary>Changes of one field at one instant follow each other as their identifiers do, which count up.</summary>
    public static void FollowIdentifiers(IReadOnlyList<IngestItem> items)
    {
        // What a Lead itself says is its state, and comes after its history.
        var changes = items.Where(item => item.Leads.Count == 0).SelectMany(item => item.Attributes.Select((row, place) => (Row: row, item, place)))
            .GroupBy(change => (change.Row.LeadId, change.Row.Name, change.Row.OccurredAt)).Where(same => same.Skip(1).Any());
        foreach (var same in changes)
        {
            DateTimeOffset[] recorded = [.. same.Select(change => change.Row.RecordedAt).Order()];
            foreach (((AttributeChange row, IngestItem item, int place), int i) in same.OrderBy(change => change.item.Id, StringComparer.Ordinal).Select((change, i) => (change, i)))
            {
                item.Attributes[place] = row with { RecordedAt = recorded[i] };
            }
        }
    }
}
