using System.Text.Json;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Import.Rows;

/// <summary>Reads a cell that holds a touch's properties as a JSON object.</summary>
internal static class TouchProperties
{
    /// <summary>Adds the properties; false when the cell is not an object of texts, numbers, booleans and nulls.</summary>
    public static bool TryRead(string json, SortedDictionary<string, AttributeValue> properties)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (Value(property.Value) is not { } value || HasNul(property.Name) || HasNul(value.Text))
                {
                    return false;
                }

                properties[property.Name] = value;
            }

            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false; // not JSON, or text with half of a surrogate pair
        }
    }

    private static bool HasNul(string? text) => text is not null && text.Contains('\0', StringComparison.Ordinal);

    private static AttributeValue? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => AttributeValue.Of(value.GetString()!),
        JsonValueKind.Number when value.TryGetDouble(out double number) && double.IsFinite(number) => AttributeValue.Of(number),
        JsonValueKind.True => AttributeValue.Of(true),
        JsonValueKind.False => AttributeValue.Of(false),
        JsonValueKind.Null => AttributeValue.Missing,
        _ => null,
    };
}
