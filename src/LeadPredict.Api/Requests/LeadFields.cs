using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Requests;

/// <summary>Reads <c>lead</c> with its attributes.</summary>
internal static class LeadFields
{
    public static (Lead Lead, List<AttributeChange> Attributes) Read(JsonField field) =>
        Read(field, field.Members("id", "accountId", "source", "createdAt", "recordedAt", "attributes"), forStore: false);

    /// <summary>The lead of which the members were read.</summary>
    /// <param name="field">The lead.</param>
    /// <param name="members">Its members.</param>
    /// <param name="forStore">Whether the lead and its attributes tell that nobody said when they were known, which only a store asks.</param>
    public static (Lead Lead, List<AttributeChange> Attributes) Read(JsonField field, Dictionary<string, JsonField> members, bool forStore)
    {
        Fields.Require(field, members, "id", "createdAt");
        DateTimeOffset created = Fields.Instant(members, "createdAt");
        Lead lead = new()
        {
            Id = Fields.Text(members, "id") ?? JsonField.NotRead,
            AccountId = Fields.Text(members, "accountId"),
            Source = Fields.Text(members, "source"),
            CreatedAt = created,
            RecordedAt = Fields.Recorded(members, created),
            IsRecordedSupposed = forStore && !members.ContainsKey("recordedAt"),
        };
        var attributes = new List<AttributeChange>();
        if (members.TryGetValue("attributes", out JsonField given))
        {
            foreach ((string name, JsonField value) in given.AnyMembers(StringComparer.OrdinalIgnoreCase, RequestLimits.Attributes))
            {
                if (string.IsNullOrWhiteSpace(name))
                {
                    value.Fault("a name of blanks alone", "an attribute's name");
                    continue;
                }

                ReadAttribute(lead, name, value, attributes, forStore);
            }
        }

        return (lead, attributes);
    }

    /// <summary>A plain value is known since the lead is; an array tells the values over time.</summary>
    private static void ReadAttribute(Lead lead, string name, JsonField value, List<AttributeChange> attributes, bool forStore)
    {
        if (value.Element.ValueKind != System.Text.Json.JsonValueKind.Array)
        {
            attributes.Add(lead.Initially(name, value.Value()) with { IsRecordedSupposed = lead.IsRecordedSupposed });
            return;
        }

        foreach (JsonField item in value.Items(RequestLimits.AttributeValues))
        {
            // A null value clears the attribute, so it must be told from a value that was forgotten.
            bool hasValue = item.TryMember("value", out _);
            Dictionary<string, JsonField> members = item.Members("value", "occurredAt", "recordedAt");
            Fields.Require(item, members, "occurredAt");
            if (!hasValue)
            {
                item.Fault("no value", "a value, or null where the attribute was cleared");
            }

            DateTimeOffset occurred = Fields.Instant(members, "occurredAt");
            attributes.Add(new()
            {
                LeadId = lead.Id,
                Name = name,
                Value = members.TryGetValue("value", out JsonField known) ? known.Value() : AttributeValue.Missing,
                OccurredAt = occurred,
                RecordedAt = Fields.Recorded(members, occurred),
                IsRecordedSupposed = forStore && !members.ContainsKey("recordedAt"),
            });
        }
    }
}
