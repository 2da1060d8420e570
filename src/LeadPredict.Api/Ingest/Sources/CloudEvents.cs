using System.Text.Json;
using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>CloudEvents 1.0, one or a batch, structured or with <c>ce-</c> headers; known by <c>source</c> and <c>id</c>.</summary>
/// <remarks>
/// <c>subject</c> is the lead, or <c>data.leadId</c>. Events of type <c>leadpredict.lead</c>, <c>.touch</c>, <c>.transition</c> and <c>.outcome</c> carry our own
/// shapes as data, whose own <c>id</c> comes first. The extension <c>recordedtime</c> says when it was known.
/// </remarks>
internal sealed class CloudEvents : ForeignSource
{
    private const string HeaderPrefix = "ce-";

    private static readonly string[] RequiredHeaders = [HeaderPrefix + "specversion", HeaderPrefix + "id", HeaderPrefix + "source", HeaderPrefix + "type"];

    private static readonly Dictionary<string, Action<JsonField, IngestItem, string>> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        ["leadpredict.lead"] = (data, item, _) => OwnItems.Lead(data, item),
        ["leadpredict.touch"] = OwnItems.Touch,
        ["leadpredict.transition"] = OwnItems.Transition,
        ["leadpredict.outcome"] = OwnItems.Outcome,
    };

    public override string Name => "cloudevents";

    public override string Summary => "CloudEvents 1.0";

    public override List<IngestItem> Read(IngestBody body, HttpRequest request, ForeignRows rows) => IsInHeaders(request)
        ? JsonBody.Read(body.Content.IsEmpty ? "null"u8.ToArray() : body.Content, root => IngestItems.Each([root], (field, item) => Read(request, field, item, rows)))
        : IngestItems.Read(body, (field, item) =>
        {
            var told = new ForeignObject(field);
            Read(told, told.Find("data"), item, rows);
        });

    /// <summary>Whether the attributes are headers: any that each event has tells so, unless the body says that it holds them.</summary>
    private static bool IsInHeaders(HttpRequest request) => RequiredHeaders.Any(request.Headers.ContainsKey)
        && request.ContentType?.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase) != true;

    private static void Read(HttpRequest request, JsonField data, IngestItem item, ForeignRows rows)
    {
        string[] missing = [.. RequiredHeaders.Where(name => string.IsNullOrEmpty(request.Headers[name]))];
        foreach (string name in missing)
        {
            data.Fault($"no {name}", $"a header {name}");
        }

        if (missing.Length == 0)
        {
            Read(Headers(request, data), data.IsNull ? null : data, item, rows);
        }
    }

    private static void Read(ForeignObject told, JsonField? data, IngestItem item, ForeignRows rows)
    {
        if (told.Need("specversion") is not ("1.0" or JsonField.NotRead))
        {
            told.Find("specversion")!.Value.Fault("another version", "1.0");
        }

        string type = told.Need("type");
        string key = "cloudevents-" + ContentId.Of('e', told.Need("source"), told.Need("id"));
        item.Id = key;
        if (told.Has("data_base64"))
        {
            told.Field.Fault("data_base64", "data as JSON");
        }
        else if (Own.TryGetValue(type, out Action<JsonField, IngestItem, string>? own))
        {
            if (data is { } ours)
            {
                own(ours, item, key);
            }
            else
            {
                told.Field.Fault("no data", "a member data, or a body where the attributes are headers");
            }
        }
        else
        {
            Touch(told, data, type, key, item, rows);
        }
    }

    private static void Touch(ForeignObject told, JsonField? data, string type, string key, IngestItem item, ForeignRows rows)
    {
        var properties = new SortedDictionary<string, AttributeValue>(StringComparer.OrdinalIgnoreCase);
        ForeignObject? said = data is { Element.ValueKind: JsonValueKind.Object } ? new(data.Value) : null;
        string? lead = told.Text("subject") ?? said?.Text("leadId");
        if (lead is null)
        {
            told.Field.Fault("neither subject nor data.leadId", "the lead in one of them");
            return;
        }

        if (data is { IsNull: false } given)
        {
            ForeignObject.Flatten(given, said is null ? "data" : "", properties);
        }

        DateTimeOffset at = told.Instant("time") ?? rows.Now;
        rows.Touched(item, rows.Lead(lead), type, at, told.Instant("recordedtime") ?? rows.Now, key, properties);
    }

    /// <summary>The attributes of an event whose body is its data alone, as an object like that of the structured form.</summary>
    private static ForeignObject Headers(HttpRequest request, JsonField data)
    {
        var attributes = request.Headers.Where(header => header.Key.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key[HeaderPrefix.Length..].ToLowerInvariant(), header => Uri.UnescapeDataString(header.Value.ToString()));
        return new(new(JsonSerializer.SerializeToElement(attributes), data.Pointer, data.Faults));
    }
}
