namespace LeadPredict.Api.Requests;

/// <summary>Members that many objects have.</summary>
internal static class Fields
{
    public static void Require(JsonField field, Dictionary<string, JsonField> members, params ReadOnlySpan<string> names)
    {
        if (field.Element.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            return;
        }

        foreach (string name in names)
        {
            if (!members.ContainsKey(name))
            {
                field.Fault($"no {name}", $"a member {name}");
            }
        }
    }

    public static string? Text(Dictionary<string, JsonField> members, string name, int most = RequestLimits.NameLength) =>
        members.TryGetValue(name, out JsonField field) ? field.Text(most) : null;

    public static DateTimeOffset Instant(Dictionary<string, JsonField> members, string name) =>
        members.TryGetValue(name, out JsonField field) ? field.Instant() : DateTimeOffset.UnixEpoch;

    /// <summary>When it was recorded; as it happened where that is not said.</summary>
    public static DateTimeOffset Recorded(Dictionary<string, JsonField> members, DateTimeOffset occurred) =>
        members.TryGetValue("recordedAt", out JsonField field) ? field.Instant() : occurred;
}
