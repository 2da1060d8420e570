using System.Text.Json;

namespace LeadPredict.Training.Import.Cells;

/// <summary>Reads a cell that holds a JSON object.</summary>
internal static class JsonCell
{
    /// <summary>A member as text; null when it is not there or no store can keep it, or the cell holds no JSON object.</summary>
    public static string? Member(string cell, string member)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(cell);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(member, out JsonElement value)
                && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array)
                && value.ToString().Trim() is var text && !text.Contains('\0', StringComparison.Ordinal)
                    ? text
                    : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null; // not JSON, or text with half of a surrogate pair
        }
    }
}
