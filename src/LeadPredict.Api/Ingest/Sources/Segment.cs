using System.Text.Json;
using LeadPredict.Api.Ingest.Signatures;
using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>Segment's calls, one or a batch: <c>identify</c>, <c>track</c>, <c>page</c>, <c>screen</c>, <c>group</c>, <c>alias</c>; known by <c>messageId</c>.</summary>
/// <remarks>A user is a lead from the first identify or group on. What a visitor did before waits under the visitor's name until it gives its own.</remarks>
internal sealed class Segment : ForeignSource
{
    public override string Name => "segment";

    public override string Summary => "Segment's identify, track, page, screen, group and alias calls, one or a batch";

    public override ISignature Signature => WriteKeySignature.Instance;

    public override List<IngestItem> Read(IngestBody body, HttpRequest request, ForeignRows rows) => body.IsLines
        ? IngestItems.Read(body, (field, item) => Read(new(field), null, item, rows))
        : JsonBody.Read(body.Content, root =>
        {
            if (!root.TryMember("batch", out _))
            {
                return IngestItems.Each(root.Element.ValueKind == JsonValueKind.Array ? root.Items(RequestLimits.Items) : [root], (field, item) => Read(new(field), null, item, rows));
            }

            var outer = new ForeignObject(root);
            return IngestItems.Each(outer.Items("batch"), (field, item) => Read(new(field), outer, item, rows));
        });

    private static void Read(ForeignObject call, ForeignObject? outer, IngestItem item, ForeignRows rows)
    {
        string id = call.Need("messageId");
        item.Id = id;
        string type = call.Need("type");
        DateTimeOffset at = call.Instant("timestamp") ?? call.Instant("originalTimestamp") ?? call.Instant("sentAt") ?? outer?.Instant("sentAt") ?? rows.Now;
        DateTimeOffset received = call.Instant("receivedAt") is { } said && said <= rows.Now ? said : rows.Now;
        string? user = call.Text("userId");
        string? visitor = call.Text("anonymousId");
        if ((user ?? visitor) is not { } named)
        {
            call.Field.Fault("neither userId nor anonymousId", "one of them");
            return;
        }

        string lead = rows.Lead(named);
        if (user is not null && visitor is not null && user != visitor)
        {
            item.Aliases.Add(new(rows.Lead(visitor), lead) { ToldAt = received });
        }

        switch (type)
        {
            case "identify":
                Identify(call, lead, user is not null, at, received, id, item, rows);
                break;
            case "track":
                rows.Touched(item, lead, call.Need("event"), at, received, "segment-" + id, Properties(call, outer));
                break;
            case "page" or "screen":
                SortedDictionary<string, AttributeValue> properties = Properties(call, outer);
                foreach (string name in new[] { "name", "category" }.Where(name => !properties.ContainsKey(name) && call.Has(name)))
                {
                    properties[name] = AttributeValue.Of(call.Text(name, RequestLimits.TextLength) ?? JsonField.NotRead);
                }

                rows.Touched(item, lead, type, at, received, "segment-" + id, properties);
                break;
            case "group":
                Group(call, lead, user is not null, at, received, item);
                break;
            case "alias":
                item.Aliases.Add(new(rows.Lead(call.Need("previousId")), lead) { ToldAt = received });
                break;
            default:
                item.Ignored = $"Calls of type {type} tell nothing here.";
                break;
        }
    }

    private static void Identify(ForeignObject call, string lead, bool isUser, DateTimeOffset at, DateTimeOffset received, string id, IngestItem item, ForeignRows rows)
    {
        ForeignObject? traits = call.Object("traits");
        if (isUser)
        {
            DateTimeOffset created = traits?.Instant("createdAt") ?? at;
            ForeignRows.Created(item, lead, created, received);
        }

        var values = new SortedDictionary<string, AttributeValue>(StringComparer.OrdinalIgnoreCase);
        if (traits is not null)
        {
            ForeignObject.Flatten(traits.Field, "", values);
        }

        foreach ((string name, AttributeValue value) in values)
        {
            rows.Changed(item, traits!.Field, lead, name, value, at, received, $"segment-{id}-{ContentId.Of('f', name)}");
        }
    }

    private static void Group(ForeignObject call, string lead, bool isUser, DateTimeOffset at, DateTimeOffset received, IngestItem item)
    {
        string group = call.Need("groupId");
        ForeignObject? traits = call.Object("traits");
        item.Accounts.Add(new()
        {
            Id = group,
            Name = traits?.Text("name"),
            Domain = traits?.Text("domain") ?? traits?.Text("website"),
            CreatedAt = traits?.Instant("createdAt") ?? at,
            RecordedAt = received,
        });
        if (isUser)
        {
            ForeignRows.Created(item, lead, at, received, account: group);
        }
    }

    /// <summary>The event's properties, and its context under <c>context.</c>: the batch's with the event's own put over it.</summary>
    private static SortedDictionary<string, AttributeValue> Properties(ForeignObject call, ForeignObject? outer)
    {
        var values = new SortedDictionary<string, AttributeValue>(StringComparer.OrdinalIgnoreCase);
        foreach ((ForeignObject? from, string member, string prefix) in new[] { (outer, "context", "context"), (call, "context", "context"), (call, "properties", "") })
        {
            if (from?.Object(member) is { } given)
            {
                // Faults belong to the event, wherever they stand.
                ForeignObject.Flatten(given.Field.With(call.Field.Faults), prefix, values);
            }
        }

        return values;
    }
}
