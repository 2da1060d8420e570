using LeadPredict.Api.HandOff;
using LeadPredict.Funnel.HandOff;

namespace LeadPredict.Api.Requests;

/// <summary>Reads the body of a decision; every member may be left out.</summary>
internal static class HandOffReader
{
    private const int NoteLength = 2000;

    public static HandOffOrder Read(string leadId, HandOffAction action, ReadOnlyMemory<byte> utf8)
    {
        bool deal = action is HandOffAction.Won or HandOffAction.Lost;
        return utf8.Length == 0 ? new(leadId, new(action)) : JsonBody.Read(utf8, root =>
        {
            Dictionary<string, JsonField> members = deal
                ? root.Members("reason", "actor", "note", "occurredAt", "id", "amount", "currency")
                : root.Members("reason", "actor", "note", "occurredAt", "id");
            return new HandOffOrder(
                leadId,
                new(
                    action,
                    Fields.Text(members, "reason"),
                    members.TryGetValue("amount", out JsonField amount) ? amount.Decimal() : null,
                    Fields.Text(members, "currency")),
                Fields.Text(members, "actor"),
                Fields.Text(members, "note", NoteLength),
                members.TryGetValue("occurredAt", out JsonField at) ? at.Instant() : null,
                Fields.Text(members, "id"));
        });
    }
}

/// <summary>A decision about a lead.</summary>
/// <param name="Reason">A code of the team's list; must be there when the action has a list.</param>
/// <param name="Actor">Who decides.</param>
/// <param name="Note">What they write about it.</param>
/// <param name="OccurredAt">When; now unless said.</param>
/// <param name="Id">Names the decision, so that sending it again decides nothing again.</param>
/// <param name="Amount">What the deal is worth; for won and lost.</param>
/// <param name="Currency">Its currency, three capital letters.</param>
public sealed record DecisionBody(
    string? Reason = null, string? Actor = null, string? Note = null, DateTimeOffset? OccurredAt = null, string? Id = null, decimal? Amount = null, string? Currency = null);
