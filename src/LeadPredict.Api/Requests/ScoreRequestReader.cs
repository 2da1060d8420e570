using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Requests;

/// <summary>Reads a request to score. The console reads its lines with it too, so that both take and refuse the same.</summary>
public static class ScoreRequestReader
{
    /// <summary>Reads one JSON object: <c>lead</c> with <c>touches</c>, <c>transitions</c> and <c>outcomes</c>, or <c>leadId</c>; and <c>asOf</c>.</summary>
    /// <param name="utf8">The body; a byte-order mark is skipped.</param>
    /// <exception cref="RequestFaultsException">Something is wrong with it; all faults are told with pointers by JSON names.</exception>
    public static ScoreRequest Read(ReadOnlyMemory<byte> utf8) => QuickScoreReader.TryRead(utf8.Span) ?? JsonBody.Read(utf8, Read);

    internal static ScoreRequest Read(JsonField root)
    {
        Dictionary<string, JsonField> members = root.Members("asOf", "leadId", "lead", "touches", "transitions", "outcomes");
        DateTimeOffset? asOf = members.TryGetValue("asOf", out JsonField when) ? when.Instant() : null;
        bool inline = members.TryGetValue("lead", out JsonField lead);
        if (members.TryGetValue("leadId", out JsonField leadId))
        {
            foreach (string other in new[] { "lead", "touches", "transitions", "outcomes" })
            {
                if (members.TryGetValue(other, out JsonField surplus))
                {
                    surplus.Fault("both leadId and " + other, "leadId alone for a lead of the store, or the lead itself");
                }
            }

            return new() { LeadId = leadId.Text(RequestLimits.NameLength), AsOf = asOf };
        }

        if (!inline)
        {
            if (root.Element.ValueKind == System.Text.Json.JsonValueKind.Object)
            {
                root.Fault("neither lead nor leadId", "one of them");
            }

            return new() { LeadId = JsonField.NotRead };
        }

        var notes = new List<string>();
        (Lead row, List<AttributeChange> attributes) = LeadFields.Read(lead);
        LeadHistory history = new(
            row,
            HistoryFields.Touches(members, row.Id, notes),
            attributes,
            HistoryFields.Transitions(members, row.Id, notes),
            HistoryFields.Outcomes(members, row.Id, notes));
        return new() { Lead = history, AsOf = asOf, Notes = notes };
    }
}
