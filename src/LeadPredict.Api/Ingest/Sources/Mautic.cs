using System.Text.Json;
using LeadPredict.Api.Ingest.Signatures;
using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>Mautic webhooks: an object keyed by event type, each a list, in any order.</summary>
internal sealed class Mautic : ForeignSource
{
    private const string SubscriptionChanged = "mautic.lead_channel_subscription_changed";
    private static readonly string[] Things = ["hit", "submission", "stat", "email", "points"];

    public override string Name => "mautic";

    public override string Summary => "Mautic webhooks";

    public override ISignature Signature => MauticSignature.Instance;

    public override List<IngestItem> Read(IngestBody body, HttpRequest request, ForeignRows rows) => JsonBody.Read(body.Content, root =>
    {
        var items = new List<IngestItem>();
        foreach ((string type, JsonField list) in new ForeignObject(root).Members)
        {
            IReadOnlyList<JsonField> told = list.Element.ValueKind == JsonValueKind.Array ? list.Items(RequestLimits.Items)
                : list.Element.ValueKind == JsonValueKind.Object ? [list]
                : [];
            items.AddRange(IngestItems.Each(told, (field, item) => Read(new(field), type, item, rows)));
        }

        return items;
    });

    private static void Read(ForeignObject told, string type, IngestItem item, ForeignRows rows)
    {
        (string Name, ForeignObject Thing)? thing = Things.Select(name => (name, told.Object(name))).Where(entry => entry.Item2 is not null)
            .Select(entry => ((string, ForeignObject)?)(entry.name, entry.Item2!)).FirstOrDefault();
        ForeignObject? contact = told.Object("contact") ?? told.Object("lead") ?? thing?.Thing.Object("lead") ?? thing?.Thing.Object("contact");
        if (contact is null)
        {
            item.Ignored = $"Events of type {type} without a contact tell nothing here.";
            return;
        }

        string lead = rows.Lead(contact.Need("id"));
        DateTimeOffset at = Happened(told, thing?.Thing) ?? told.NeedInstant("timestamp");
        item.Id = "mautic-" + (thing?.Thing.Text("id") is { } id && thing?.Name != "email"
            ? $"{type}-{id}"
            : ContentId.Of('e', type, told.Field.Element.GetRawText()));
        if (contact.Instant("dateAdded") is { } added)
        {
            ForeignRows.Created(item, lead, added, rows.Now);
        }

        if (type.StartsWith("mautic.lead_post_save", StringComparison.Ordinal) || type.StartsWith("mautic.lead_points", StringComparison.Ordinal))
        {
            Fields(contact, lead, contact.Instant("dateModified") ?? contact.Instant("dateAdded") ?? at, item, rows);
            Stage(contact, lead, contact.Instant("dateModified") ?? at, item, rows);
            if (told.Object("points")?.Text("new_points") is { } points)
            {
                rows.Changed(item, told.Field, lead, "points", AttributeValue.Of(points), at, rows.Now, item.Id);
            }
        }
        else if (type == SubscriptionChanged)
        {
            Subscription(told, lead, at, item, rows);
        }
        else
        {
            rows.Touched(item, lead, type, at, rows.Now, item.Id, Properties(told, thing?.Thing));
        }
    }

    private static DateTimeOffset? Happened(ForeignObject told, ForeignObject? thing) =>
        thing?.Instant("dateHit") ?? thing?.Instant("dateSubmitted") ?? thing?.Instant("dateRead") ?? thing?.Instant("dateSent") ?? told.Instant("timestamp");

    /// <summary>The contact's fields by group; <c>fields</c> is an empty array where there are none.</summary>
    private static void Fields(ForeignObject contact, string lead, DateTimeOffset at, IngestItem item, ForeignRows rows)
    {
        foreach ((string group, JsonField fields) in contact.Object("fields")?.Members ?? [])
        {
            if (group == "all" || fields.Element.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            foreach ((string alias, JsonField field) in new ForeignObject(fields).Members)
            {
                JsonField? value = field.Element.ValueKind == JsonValueKind.Object ? new ForeignObject(field).Find("value") : field;
                if (value is { IsNull: false } given && given.Value() is { IsMissing: false } known)
                {
                    rows.Changed(item, given, lead, alias, known, at, rows.Now, "mautic-" + ContentId.Of('f', lead, alias, at.ToString("O"), known.ToString()));
                }
            }
        }
    }

    /// <summary>The stage that the contact stands at: an object with a name, or the name. Known by the stage, since every later save tells it again.</summary>
    private static void Stage(ForeignObject contact, string lead, DateTimeOffset at, IngestItem item, ForeignRows rows)
    {
        if (contact.Find("stage") is { } place && (contact.Object("stage")?.Text("name") ?? (place.IsObject || place.IsEmptyArray ? null : contact.Text("stage"))) is { } name)
        {
            rows.Changed(item, place, lead, "stage", AttributeValue.Of(name), at, rows.Now, "mautic-" + ContentId.Of('s', lead, name));
        }
    }

    /// <summary>A contact may be reached by a channel or not. Set by hand it is as left by the contact; another status goes by the event's name with its own.</summary>
    private static void Subscription(ForeignObject told, string lead, DateTimeOffset at, IngestItem item, ForeignRows rows)
    {
        string? channel = told.Text("channel"), status = told.Text("new_status");
        if (channel != "email" || status is null)
        {
            item.Ignored = $"Channel '{channel}' with new_status '{status}' tells nothing of e-mail.";
            return;
        }

        rows.Touched(item, lead, status is "unsubscribed" or "manual" ? SubscriptionChanged : $"{SubscriptionChanged}.{status}", at, rows.Now, item.Id!, Properties(told, null));
    }

    /// <summary>What the event says, without the contact that it repeats.</summary>
    private static SortedDictionary<string, AttributeValue> Properties(ForeignObject told, ForeignObject? thing)
    {
        var values = new SortedDictionary<string, AttributeValue>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JsonField value) in (thing ?? told).Members)
        {
            if (name is not ("lead" or "contact" or "ipAddress" or "timestamp" or "emailAddress" or "trackingHash" or "trackingId"))
            {
                ForeignObject.Flatten(value, name, values);
            }
        }

        return values;
    }
}
