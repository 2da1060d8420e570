using LeadPredict.Api.Ingest.Signatures;
using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>HubSpot webhooks: an array of events about contacts.</summary>
/// <remarks>An event is known by portal, subscription, event, instant, object, property and value; <c>eventId</c> alone is not unique.</remarks>
internal sealed class HubSpotWebhook : ForeignSource
{
    private const string ContactType = "0-1";
    private static readonly string[] Key = ["portalId", "subscriptionId", "eventId", "occurredAt", "objectId", "propertyName", "propertyValue"];

    public override string Name => "hubspot";

    public override string Summary => "HubSpot webhooks";

    public override ISignature Signature => HubSpotSignature.Instance;

    public override List<IngestItem> Read(IngestBody body, HttpRequest request, ForeignRows rows) =>
        IngestItems.Read(body, (field, item) => Read(new(field), item, rows));

    private static void Read(ForeignObject told, IngestItem item, ForeignRows rows)
    {
        string type = told.Need("subscriptionType");
        string lead = rows.Lead(told.Need("objectId"));
        DateTimeOffset at = told.NeedInstant("occurredAt");
        string key = "hubspot-" + ContentId.Of('e', [type, .. Key.Select(name => told.Text(name, RequestLimits.TextLength))]);
        item.Id = key;
        string happened = type.StartsWith("object.", StringComparison.OrdinalIgnoreCase) && told.Text("objectTypeId") == ContactType
            ? "contact" + type["object".Length..]
            : type;
        switch (happened.ToLowerInvariant())
        {
            case "contact.creation":
                ForeignRows.Created(item, lead, at, rows.Now);
                break;
            case "contact.propertychange":
                rows.Changed(
                    item, told.Field, lead, told.Need("propertyName"), told.Find("propertyValue")?.Value() ?? AttributeValue.Missing, at, rows.Now, key, told.Text("changeSource"));
                break;
            case "contact.privacydeletion":
                item.Forget = lead;
                break;
            default:
                rows.Touched(item, lead, type, at, rows.Now, key, new Dictionary<string, AttributeValue>());
                break;
        }
    }
}
