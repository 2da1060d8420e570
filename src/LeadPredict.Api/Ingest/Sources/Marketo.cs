using System.Text.Json;
using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>Marketo's activities as its activities route answers. Type ids vary from instance to instance, names do not.</summary>
/// <remarks>Names come from <c>activityTypes</c> beside <c>result</c> (the answer of the types route), from the activity, or from the mapping; a type without one goes by its number.</remarks>
internal sealed class Marketo : ForeignSource
{
    private const string NewLead = "New Lead", ChangeDataValue = "Change Data Value", DeleteLead = "Delete Lead";

    public override string Name => "marketo";

    public override string Summary => "Marketo activities";

    public override List<IngestItem> Read(IngestBody body, HttpRequest request, ForeignRows rows)
    {
        var types = new Dictionary<string, string?>(rows.Mapping.Types, StringComparer.OrdinalIgnoreCase);
        if (!body.IsLines && JsonBody.Read(body.Content, root =>
            {
                if (Has(root, "activityTypes"))
                {
                    foreach (ForeignObject type in new ForeignObject(root).Items("activityTypes").Select(field => new ForeignObject(field)))
                    {
                        types[type.Need("id")] = type.Need("name");
                    }
                }

                return IsEmptyPage(root);
            }))
        {
            return [];
        }

        return Envelope.Read(body, ["result"], (field, item) => Read(new(field), types, item, rows));
    }

    /// <summary>Whether it is a page without activities, which has no <c>result</c>. One that tells of a failure is a fault.</summary>
    private static bool IsEmptyPage(JsonField root)
    {
        // An activity has a type, whatever else a sender puts beside it.
        bool isPage = (Has(root, "success") || Has(root, "requestId")) && !Has(root, "activityTypeId");
        bool isEmpty = !root.TryMember("result", out JsonElement result) || result.ValueKind == JsonValueKind.Null || new JsonField(result, "", []).IsEmptyArray;
        if (!isPage || !isEmpty)
        {
            return false;
        }

        var page = new ForeignObject(root);
        if (page.Find("success") is { Element.ValueKind: JsonValueKind.False } failed)
        {
            const string expected = "a page with success true: ask Marketo again, and send what it answers then";
            IReadOnlyList<JsonField> errors = page.Items("errors");
            foreach (ForeignObject error in errors.Select(field => new ForeignObject(field)))
            {
                string message = error.Text("message", RequestLimits.TextLength) is { } text ? $" '{ShownText.Of(text)}'" : "";
                error.Field.Fault($"Marketo's {error.Text("code") ?? "failure"}{message}", expected);
            }

            if (errors.Count == 0)
            {
                failed.Fault("false", expected);
            }
        }

        return true;
    }

    private static bool Has(JsonField root, string name) =>
        root.TryMember(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    private static void Read(ForeignObject activity, Dictionary<string, string?> types, IngestItem item, ForeignRows rows)
    {
        string id = "marketo-" + (activity.Text("marketoGUID") ?? activity.Need("id"));
        string lead = rows.Lead(activity.Need("leadId"));
        DateTimeOffset at = activity.NeedInstant("activityDate");
        string number = activity.Need("activityTypeId");
        item.Id = id;
        string name = activity.Text("activityTypeName") ?? types.GetValueOrDefault(number) ?? number;
        SortedDictionary<string, AttributeValue> attributes = Attributes(activity);
        switch (name)
        {
            case NewLead:
                ForeignRows.Created(item, lead, at, null, Known(attributes, "Lead Source").Text ?? Known(attributes, "Source Type").Text);
                break;
            case ChangeDataValue:
                // Attributes without a value are left out: without a new one the field was cleared.
                rows.Changed(item, activity.Field, lead, activity.Need("primaryAttributeValue"), Known(attributes, "New Value"), at, at, id, Known(attributes, "Source").Text);
                break;
            case DeleteLead:
                ForeignRows.Deleted(item, lead, id, at, at, "Marketo");
                break;
            default:
                if (activity.Text("primaryAttributeValue", RequestLimits.TextLength) is { } primary)
                {
                    attributes["primaryAttributeValue"] = AttributeValue.Of(primary);
                }

                rows.Touched(item, lead, name, at, at, id, attributes);
                break;
        }
    }

    /// <summary>What an attribute says of the lead; missing where a word says so.</summary>
    private static AttributeValue Known(SortedDictionary<string, AttributeValue> attributes, string name) =>
        ForeignObject.Known(attributes.GetValueOrDefault(name));

    private static SortedDictionary<string, AttributeValue> Attributes(ForeignObject activity)
    {
        var values = new SortedDictionary<string, AttributeValue>(StringComparer.OrdinalIgnoreCase);
        foreach (ForeignObject attribute in activity.Items("attributes").Select(field => new ForeignObject(field)))
        {
            string name = attribute.Need("name");
            if (attribute.Find("value") is { } value)
            {
                ForeignObject.Flatten(value, name, values);
            }
        }

        return values;
    }
}
