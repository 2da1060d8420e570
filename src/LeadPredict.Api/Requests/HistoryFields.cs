using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Api.Requests;

/// <summary>Reads <c>touches</c>, <c>transitions</c> and <c>outcomes</c>. A row sent twice is one row: the first stands, as in the store.</summary>
internal static class HistoryFields
{
    private static readonly Dictionary<string, AttributeValue> NoProperties = [];

    public static List<Touch> Touches(Dictionary<string, JsonField> root, string leadId, List<string> notes) =>
        Rows(root, "touches", RequestLimits.Touches, touch => touch.Id, notes, (field, id) =>
            Touch(field, field.Members("id", "type", "occurredAt", "recordedAt", "properties"), leadId, id));

    public static List<StageTransition> Transitions(Dictionary<string, JsonField> root, string leadId, List<string> notes) =>
        Rows(root, "transitions", RequestLimits.Transitions, transition => transition.Id, notes, (field, id) =>
            Transition(field, field.Members("id", "to", "occurredAt", "recordedAt", "actor", "reason"), leadId, id));

    public static List<Outcome> Outcomes(Dictionary<string, JsonField> root, string leadId, List<string> notes) =>
        Rows(root, "outcomes", RequestLimits.Transitions, outcome => outcome.Id, notes, (field, id) =>
            Outcome(field, field.Members("id", "won", "amount", "currency", "occurredAt", "recordedAt"), leadId, id));

    /// <summary>One touch of which the members were read; <paramref name="id"/> is its identifier where it gives none.</summary>
    public static Touch Touch(JsonField field, Dictionary<string, JsonField> members, string leadId, string id)
    {
        Fields.Require(field, members, "type", "occurredAt");
        DateTimeOffset occurred = Fields.Instant(members, "occurredAt");
        return new()
        {
            Id = Fields.Text(members, "id") ?? id,
            LeadId = leadId,
            Type = members.TryGetValue("type", out JsonField type) ? TouchType(type) : JsonField.NotRead,
            OccurredAt = occurred,
            RecordedAt = Fields.Recorded(members, occurred),
            Properties = members.TryGetValue("properties", out JsonField properties)
                ? properties.AnyMembers(StringComparer.OrdinalIgnoreCase, RequestLimits.Attributes)
                    .ToDictionary(property => property.Key, property => property.Value.Value(), StringComparer.OrdinalIgnoreCase)
                : NoProperties,
        };
    }

    /// <summary>One transition of which the members were read.</summary>
    public static StageTransition Transition(JsonField field, Dictionary<string, JsonField> members, string leadId, string id)
    {
        Fields.Require(field, members, "to", "occurredAt");
        DateTimeOffset occurred = Fields.Instant(members, "occurredAt");
        return new()
        {
            Id = Fields.Text(members, "id") ?? id,
            LeadId = leadId,
            To = members.TryGetValue("to", out JsonField to) ? to.Word<Stage>() : Stage.Lead,
            OccurredAt = occurred,
            RecordedAt = Fields.Recorded(members, occurred),
            Actor = Fields.Text(members, "actor"),
            Reason = Fields.Text(members, "reason", RequestLimits.TextLength),
        };
    }

    /// <summary>One outcome of which the members were read.</summary>
    public static Outcome Outcome(JsonField field, Dictionary<string, JsonField> members, string leadId, string id)
    {
        Fields.Require(field, members, "won", "occurredAt");
        DateTimeOffset occurred = Fields.Instant(members, "occurredAt");
        return new()
        {
            Id = Fields.Text(members, "id") ?? id,
            LeadId = leadId,
            Won = members.TryGetValue("won", out JsonField won) && won.Boolean(),
            Amount = members.TryGetValue("amount", out JsonField amount) ? amount.Decimal() : null,
            Currency = Fields.Text(members, "currency", 3),
            OccurredAt = occurred,
            RecordedAt = Fields.Recorded(members, occurred),
        };
    }

    private static List<T> Rows<T>(
        Dictionary<string, JsonField> root, string name, int most, Func<T, string> idOf, List<string> notes, Func<JsonField, string, T> read)
    {
        var rows = new List<T>();
        if (!root.TryGetValue(name, out JsonField array))
        {
            return rows;
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var twice = new List<string>();
        foreach (JsonField field in array.Items(most))
        {
            // The width keeps rows without identifiers in the order they were sent, also when they share an instant.
            T row = read(field, $"{name}/{ids.Count + twice.Count:D5}");
            if (ids.Add(idOf(row)))
            {
                rows.Add(row);
            }
            else
            {
                twice.Add(idOf(row));
            }
        }

        if (twice.Count > 0)
        {
            string more = twice.Count > 20 ? $" and {twice.Count - 20} more" : "";
            notes.Add($"{twice.Count} {name} sent again, of which the first counts: {string.Join(", ", twice.Take(20))}{more}.");
        }

        return rows;
    }

    private static string TouchType(JsonField field)
    {
        string type = field.Text(RequestLimits.NameLength);
        if (type != JsonField.NotRead && !TouchTypes.IsOne(type))
        {
            field.Fault(field.Found(), "lower-case letters, digits and underscores, such as page_view");
        }

        return type;
    }
}
