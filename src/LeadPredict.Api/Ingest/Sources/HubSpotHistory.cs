using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>Contacts with <c>propertiesWithHistory</c>, as HubSpot's contact routes answer; older answers with <c>versions</c> too.</summary>
/// <remarks>The present values in <c>properties</c> are not read: they know how it ended. HubSpot recorded each value when it was set.</remarks>
internal sealed class HubSpotHistory : ForeignSource
{
    public override string Name => "hubspot-history";

    public override string Summary => "HubSpot contacts with the history of their properties";

    /// <summary>The contacts are those of the webhooks, under the same names.</summary>
    public override string AlsoMappedBy => "hubspot";

    public override List<IngestItem> Read(IngestBody body, HttpRequest request, ForeignRows rows) => Envelope.Read(body, ["results", "contacts"], (field, item) => Read(new(field), item, rows));

    private static void Read(ForeignObject contact, IngestItem item, ForeignRows rows)
    {
        string lead = rows.Lead(contact.Text("id") ?? contact.Text("vid") ?? contact.Need("id"));
        item.Id = lead;
        ForeignObject? present = contact.Object("properties");
        ForeignObject? history = contact.Object("propertiesWithHistory") ?? present;
        DateTimeOffset created = contact.Instant("createdAt") ?? present?.Object("createdate")?.Instant("value")
            ?? (present?.Find("createdate") is { Element.ValueKind: System.Text.Json.JsonValueKind.String } ? present.Instant("createdate") : null)
            ?? contact.Instant("addedAt") ?? contact.NeedInstant("createdAt");
        ForeignRows.Created(item, lead, created, null);
        foreach ((string property, JsonField values) in history?.Members ?? [])
        {
            foreach (ForeignObject version in OldestFirst([.. Versions(values).Select(value => new ForeignObject(value))]))
            {
                Read(version, property, lead, item, rows);
            }
        }
    }

    /// <summary>The values of a property: a list, or one under <c>versions</c>; a present value alone is none.</summary>
    private static IReadOnlyList<JsonField> Versions(JsonField values) => values.Element.ValueKind switch
    {
        System.Text.Json.JsonValueKind.Array => values.Items(RequestLimits.AttributeValues),
        System.Text.Json.JsonValueKind.Object => new ForeignObject(values).Items("versions"),
        _ => [],
    };

    /// <summary>The versions in order of time. HubSpot lists the newest first, which is all that tells those of one millisecond apart.</summary>
    private static IEnumerable<ForeignObject> OldestFirst(ForeignObject[] versions) =>
        versions.Length > 1 && At(versions[0]) < At(versions[^1]) ? versions : versions.Reverse();

    /// <summary>When a version was set, its faults passed over: they are told when it is read.</summary>
    private static DateTimeOffset? At(ForeignObject version) => new ForeignObject(version.Field.With([])).Instant("timestamp");

    private static void Read(ForeignObject version, string property, string lead, IngestItem item, ForeignRows rows)
    {
        DateTimeOffset at = version.NeedInstant("timestamp");
        AttributeValue value = version.Known("value");
        string key = "hubspot-" + ContentId.Of('v', lead, property, at.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture), value.ToString());
        rows.Changed(item, version.Field, lead, property, value, at, at, key, version.Text("sourceId") ?? version.Text("sourceType") ?? version.Text("source-type"));
    }
}
