using System.Globalization;
using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage;

namespace LeadPredict.Api.Ingest;

/// <summary>Reads items in LeadPredict's own shapes. Strict: what is not known is refused, by its pointer.</summary>
/// <remarks>What was not read right has no content to make an identifier of.</remarks>
internal static class OwnItems
{
    private const string NoId = "";

    public static void Lead(JsonField field, IngestItem item)
    {
        Dictionary<string, JsonField> members = field.Members("id", "accountId", "account", "source", "createdAt", "recordedAt", "attributes");
        (Lead lead, List<AttributeChange> attributes) = LeadFields.Read(field, members, forStore: true);
        if (members.TryGetValue("account", out JsonField given))
        {
            Dictionary<string, JsonField> account = given.Members("id", "name", "domain");
            Fields.Require(given, account, "id");
            if (lead.AccountId is not null)
            {
                given.Fault("both account and accountId", "one of them");
            }

            lead = lead with { AccountId = Fields.Text(account, "id") };
            item.Accounts.Add(new()
            {
                Id = lead.AccountId ?? JsonField.NotRead,
                Name = Fields.Text(account, "name"),
                Domain = Fields.Text(account, "domain"),
                CreatedAt = lead.CreatedAt,
                RecordedAt = lead.RecordedAt,
            });
        }

        item.Id = lead.Id;
        item.Leads.Add(lead);
        item.Attributes.AddRange(attributes);
    }

    public static void Touch(JsonField field, IngestItem item) => Touch(field, item, NoId);

    /// <summary>A touch that is known by <paramref name="id"/> where it gives none itself.</summary>
    public static void Touch(JsonField field, IngestItem item, string id)
    {
        Dictionary<string, JsonField> members = field.Members("id", "leadId", "type", "occurredAt", "recordedAt", "properties");
        Touch touch = HistoryFields.Touch(field, members, LeadId(field, members), id);
        if (touch.Id.Length == 0)
        {
            if (item.Faults.Count > 0)
            {
                return;
            }

            IEnumerable<string> content = touch.Properties.OrderBy(property => property.Key, StringComparer.OrdinalIgnoreCase)
                .SelectMany(property => new[] { property.Key, property.Value.ToString() });
            touch = touch with { Id = ContentId.Of('t', [touch.LeadId, touch.Type, Part(touch.OccurredAt), .. content]) };
        }

        item.Id = touch.Id;
        item.Touches.Add(touch);
    }

    public static void Transition(JsonField field, IngestItem item) => Transition(field, item, NoId);

    /// <summary>A transition that is known by <paramref name="id"/> where it gives none itself.</summary>
    public static void Transition(JsonField field, IngestItem item, string id)
    {
        Dictionary<string, JsonField> members = field.Members("id", "leadId", "to", "occurredAt", "recordedAt", "actor", "reason");
        StageTransition transition = HistoryFields.Transition(field, members, LeadId(field, members), id);
        if (transition.Id.Length == 0)
        {
            if (item.Faults.Count > 0)
            {
                return;
            }

            transition = transition with { Id = ContentId.Of('s', transition.LeadId, transition.To.ToString(), Part(transition.OccurredAt)) };
        }

        item.Id = transition.Id;
        item.Transitions.Add(transition);
    }

    public static void Outcome(JsonField field, IngestItem item) => Outcome(field, item, NoId);

    /// <summary>An outcome that is known by <paramref name="id"/> where it gives none itself.</summary>
    public static void Outcome(JsonField field, IngestItem item, string id)
    {
        Dictionary<string, JsonField> members = field.Members("id", "leadId", "won", "amount", "currency", "occurredAt", "recordedAt");
        Outcome outcome = HistoryFields.Outcome(field, members, LeadId(field, members), id);
        if (CorrectedAmounts.IsCorrection(outcome.Id))
        {
            members["id"].Fault($"the id '{ShownText.Of(outcome.Id)}', which ends as corrections do", "the deal's own id, with the amount that is right");
        }

        if (outcome.Id.Length == 0)
        {
            if (item.Faults.Count > 0)
            {
                return;
            }

            outcome = outcome with { Id = ContentId.Of(outcome) };
        }

        item.Id = outcome.Id;
        item.Outcomes.Add(outcome);
    }

    private static string LeadId(JsonField field, Dictionary<string, JsonField> members)
    {
        Fields.Require(field, members, "leadId");
        return Fields.Text(members, "leadId") ?? JsonField.NotRead;
    }

    private static string Part(DateTimeOffset at) => UtcTime.Normalize(at).UtcTicks.ToString(CultureInfo.InvariantCulture);
}
