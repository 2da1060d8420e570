using System.Text;
using System.Text.Json;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.Rows;

/// <summary>Touch properties as a JSON object with its names in ordinal order; null for none.</summary>
internal static class PropertiesJson
{
    private static readonly IReadOnlyDictionary<string, AttributeValue> None =
        new Dictionary<string, AttributeValue>(StringComparer.OrdinalIgnoreCase);

    public static string? Write(IReadOnlyDictionary<string, AttributeValue> properties)
    {
        if (properties.Count == 0)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach ((string name, AttributeValue value) in properties.OrderBy(property => property.Key, StringComparer.Ordinal))
            {
                json.WritePropertyName(name);
                Write(json, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The properties; names compare without case, as in snapshots.</summary>
    public static IReadOnlyDictionary<string, AttributeValue> Read(string? json)
    {
        if (json is null)
        {
            return None;
        }

        using JsonDocument document = JsonDocument.Parse(json);
        var properties = new Dictionary<string, AttributeValue>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            properties[property.Name] = Read(property.Value);
        }

        return properties;
    }

    private static void Write(Utf8JsonWriter json, AttributeValue value)
    {
        switch (value.Kind)
        {
            case AttributeKind.Text:
                json.WriteStringValue(value.Text);
                break;
            case AttributeKind.Number:
                json.WriteNumberValue(value.Number);
                break;
            case AttributeKind.Boolean:
                json.WriteBooleanValue(value.Boolean!.Value);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private static AttributeValue Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => AttributeValue.Of(value.GetString()!),
        JsonValueKind.Number => AttributeValue.Of(value.GetDouble()),
        JsonValueKind.True => AttributeValue.Of(true),
        JsonValueKind.False => AttributeValue.Of(false),
        _ => AttributeValue.Missing,
    };
}
