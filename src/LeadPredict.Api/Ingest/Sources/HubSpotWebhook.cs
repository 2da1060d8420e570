using LeadPredict.Api.Ingest.Signatures;
using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>HubSpot webhooks: an array of events about contacts.</summary>
/// <remarks>An event is known by portal, subscription, event, instant, object, property and value; <c>eventId</c> alone is not unique.</remarks>
internal sealed class HubSpotWebhook : ForeignSource
{
    private const string ContactType = "0-1", Merge = "contact.merge";

    /// <summary>What must say which contact it is about. Other events may be about two objects, or about none of ours.</summary>
    private static readonly string[] OfContacts = [Merge, "contact.creation", "contact.propertychange", "contact.deletion", "contact.privacydeletion"];
    private static readonly string[] Key = ["portalId", "subscriptionId", "eventId", "occurredAt", "objectId", "propertyName", "propertyValue"];

    public override string Name => "hubspot";

    public override string Summary => "HubSpot webhooks";

    public override ISignature Signature => HubSpotSignature.Instance;

    public override List<IngestItem> Read(IngestBody body, HttpRequest request, ForeignRows rows) =>
        IngestItems.Read(body, (field, item) => Read(new(field), item, rows));

    private static void Read(ForeignObject told, IngestItem item, ForeignRows rows)
    {
        string type = told.Need("subscriptionType");
        string happened = (type.StartsWith("object.", StringComparison.OrdinalIgnoreCase) && told.Text("objectTypeId") == ContactType
            ? "contact" + type["object".Length..]
            : type).ToLowerInvariant();
        if (!OfContacts.Contains(happened) && !told.Has("objectId"))
        {
            item.Ignored = $"Events of type {type} without an objectId tell nothing here.";
            return;
        }

        string lead = rows.Lead(told.Need(happened == Merge ? "primaryObjectId" : "objectId"));
        DateTimeOffset at = told.NeedInstant("occurredAt");
        string key = "hubspot-" + ContentId.Of('e', [type, .. Key.Select(name => told.Text(name, RequestLimits.TextLength))]);
        item.Id = key;
        switch (happened)
        {
            case "contact.creation":
                ForeignRows.Created(item, lead, at, rows.Now);
                break;
            case "contact.propertychange":
                rows.Changed(
                    item, told.Field, lead, told.Need("propertyName"), told.Known("propertyValue"), at, rows.Now, key, told.Text("changeSource"));
                break;
            case Merge:
                Merged(told, lead, item, rows);
                break;
            case "contact.deletion":
                Deleted(told, lead, at, item, rows);
                break;
            case "contact.privacydeletion":
                item.Forget = lead;
                break;
            default:
                rows.Touched(item, lead, type, at, rows.Now, key, new Dictionary<string, AttributeValue>());
                break;
        }
    }

    /// <summary>Contacts became one, which may have a new identifier.</summary>
    private static void Merged(ForeignObject told, string lead, IngestItem item, ForeignRows rows)
    {
        string? made = told.Text("newObjectId");
        var merge = new ToldMerge("merged in HubSpot", rows.Now) { Survivor = made is null ? null : rows.Lead(made) };
        item.Aliases.AddRange(told.Texts("mergedObjectIds").Append(made).OfType<string>().Select(rows.Lead).Distinct().Where(other => other != lead)
            .Select(other => new LeadAlias(other, lead) { Merge = merge }));
        item.Ignored = item.Aliases.Count == 0 ? "It names no contact beside the primary one." : null;
    }

    /// <summary>A contact is gone. Where it went into another the lead lives on.</summary>
    private static void Deleted(ForeignObject told, string lead, DateTimeOffset at, IngestItem item, ForeignRows rows)
    {
        string? source = told.Text("changeSource");
        if (source?.Contains("MERGE", StringComparison.OrdinalIgnoreCase) == true)
        {
            item.Ignored = IngestItem.DeletedByMerge;
            return;
        }

        item.Deleted = lead;
        ForeignRows.Deleted(item, lead, item.Id!, at, rows.Now, "HubSpot", source);
    }
}
