using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>
/// Records of Salesforce queries: <c>Lead</c>, <c>LeadHistory</c>, <c>Opportunity</c>, <c>OpportunityFieldHistory</c>, <c>OpportunityHistory</c>.
/// </summary>
/// <remarks>
/// History rows alone tell stages: <c>Status</c>, <c>IsConverted</c> and <c>Converted*</c> of a Lead are its state when it was read.
/// <c>ConvertedOpportunityId</c> says no more than whose an opportunity is; its rows wait until then.
/// </remarks>
internal sealed class Salesforce : ForeignSource
{
    private const string OfDeleted = "The opportunity is deleted.";

    public override string Name => "salesforce";

    public override string Summary => "Salesforce records: Lead, LeadHistory, Opportunity, OpportunityFieldHistory, OpportunityHistory";

    public override List<IngestItem> Read(IngestBody body, HttpRequest request, ForeignRows rows)
    {
        List<IngestItem> items = Envelope.Read(body, ["records"], (field, item) => Read(new(field), item, rows));
        SalesforceOrder.FollowIdentifiers(items);
        return items;
    }

    private static void Read(ForeignObject record, IngestItem item, ForeignRows rows)
    {
        string id = SalesforceId.Whole(record.Need("Id"));
        string? type = record.Object("attributes")?.Text("type");
        item.Id = id;
        switch (type ?? Guess(record, id))
        {
            case "Lead":
                Lead(record, id, item, rows);
                break;
            case "LeadHistory":
                Field(record, SalesforceId.Whole(record.Need("LeadId")), id, item, rows);
                break;
            case "OpportunityFieldHistory":
                Field(record, SalesforceId.Whole(record.Need("OpportunityId")), id, item, rows);
                break;
            case "OpportunityHistory":
                Stage(record, SalesforceId.Whole(record.Need("OpportunityId")), id, record.NeedInstant("CreatedDate"), item, rows);
                break;
            case "Opportunity":
                Opportunity(record, id, item, rows);
                break;
            case { } other:
                item.Ignored = $"Records of type {other} tell nothing here.";
                break;
        }
    }

    /// <summary>The type of a record that does not say it: by its identifier's prefix, or else by its members.</summary>
    private static string Guess(ForeignObject record, string id) =>
        SalesforceId.Type(id) is { } type ? type
        : record.Has("LeadId") ? "LeadHistory"
        : record.Has("OpportunityId") ? record.Has("Field") ? "OpportunityFieldHistory" : "OpportunityHistory"
        : record.Has("StageName") ? "Opportunity"
        : "Lead";

    /// <summary>Whether a member is true, or says so in text of any case, as exports write it.</summary>
    private static bool Says(ForeignObject record, string name) => string.Equals(record.Text(name), "true", StringComparison.OrdinalIgnoreCase);

    private static void Lead(ForeignObject record, string id, IngestItem item, ForeignRows rows)
    {
        string lead = rows.Lead(id);
        DateTimeOffset created = record.NeedInstant("CreatedDate");
        // Blanks around a name would make it another company.
        string? company = record.KnownText("Company")?.Trim();
        if (company is not null)
        {
            item.Accounts.Add(new() { Id = company, Name = company, CreatedAt = created, RecordedAt = created });
        }

        ForeignRows.Created(item, lead, created, null, record.KnownText("LeadSource"), company);
        if (record.Text("ConvertedOpportunityId") is { } opportunity)
        {
            item.Aliases.Add(new(rows.Lead(SalesforceId.Whole(opportunity)), lead));
        }

        DateTimeOffset read = record.Instant("LastModifiedDate") ?? rows.Now;
        if (record.Text("MasterRecordId") is { } master)
        {
            item.Aliases.Add(new(lead, rows.Lead(SalesforceId.Whole(master))) { Merge = new("merged in Salesforce", rows.Now) });
        }
        else if (Says(record, "IsDeleted"))
        {
            ForeignRows.Deleted(item, lead, $"salesforce-{id}-deleted", read, read, "Salesforce");
        }

        foreach ((string field, JsonField value) in record.Members)
        {
            // What the lead's row says of a stage is how it ended.
            if (field is "Id" or "CreatedDate" or "LeadSource" or "attributes" || rows.Mapping.Stages.ContainsKey(field) || value.IsNull
                || value.Element.ValueKind is System.Text.Json.JsonValueKind.Object or System.Text.Json.JsonValueKind.Array || rows.Mapping.Attribute(field) is null)
            {
                continue;
            }

            bool early = rows.Mapping.KnownAtCreation.ContainsKey(field);
            DateTimeOffset at = early ? created : read;
            if (ForeignObject.Known(value.Value()) is { IsMissing: false } known)
            {
                rows.Changed(item, value, lead, field, known, at, at, id, readAt: early ? read : null);
            }
        }

        foreach ((ForeignObject row, string rowId) in Inside(record, "Histories"))
        {
            Field(row, id, rowId, item, rows);
        }
    }

    /// <summary>The rows of a child query, in order of their identifiers.</summary>
    private static IEnumerable<(ForeignObject Row, string Id)> Inside(ForeignObject record, string query) =>
        (record.Object(query)?.Items("records") ?? []).Select(field => new ForeignObject(field)).Select(row => (Row: row, Id: SalesforceId.Whole(row.Need("Id"))))
            .OrderBy(row => row.Id, StringComparer.Ordinal);

    /// <summary>A field of a lead or an opportunity took a value.</summary>
    private static void Field(ForeignObject record, string owner, string id, IngestItem item, ForeignRows rows)
    {
        DateTimeOffset at = record.NeedInstant("CreatedDate");
        string field = record.Need("Field");
        string lead = rows.Lead(owner);
        string key = "salesforce-" + id;
        if (field == "leadConverted")
        {
            item.Transitions.Add(new() { Id = key, LeadId = lead, To = Funnel.Stages.Stage.SalesQualified, OccurredAt = at, RecordedAt = at, Actor = record.Text("CreatedById") });
        }
        else
        {
            rows.Changed(item, record.Field, lead, field, record.Known("NewValue"), at, at, key, record.Text("CreatedById"));
        }
    }

    private static void Opportunity(ForeignObject record, string id, IngestItem item, ForeignRows rows)
    {
        if (Says(record, "IsDeleted"))
        {
            item.Ignored = OfDeleted;
            return;
        }

        DateTimeOffset created = record.NeedInstant("CreatedDate");
        item.Transitions.Add(new()
        {
            Id = "salesforce-" + id,
            LeadId = rows.Lead(id),
            To = Funnel.Stages.Stage.Opportunity,
            OccurredAt = created,
            RecordedAt = created,
        });
        bool isClosed = record.Has("IsClosed")
            ? Says(record, "IsClosed")
            : rows.StageOf("StageName", record.Text("StageName")) is Funnel.Stages.Stage.Won or Funnel.Stages.Stage.Lost;
        if (isClosed && record.Instant("CloseDate") is { } closed)
        {
            // The day that a plan names may lie before the deal was made.
            Stage(record, id, null, closed < created ? created : closed, item, rows);
        }

        foreach ((ForeignObject row, string rowId) in Inside(record, "Histories"))
        {
            Field(row, id, rowId, item, rows);
        }

        foreach ((ForeignObject row, string rowId) in Inside(record, "OpportunityHistories"))
        {
            Stage(row, id, rowId, row.NeedInstant("CreatedDate"), item, rows);
        }
    }

    /// <summary>An opportunity stood at a stage; when it closed, what it was worth.</summary>
    /// <remarks>
    /// An end is known by the opportunity and how it ended, so that one that is lost, reopened and won has both. What CloseDate says is a plan's, which
    /// gives way to what the history tells. The shipped recipe for exports gives the same identifiers.
    /// </remarks>
    private static void Stage(ForeignObject record, string opportunity, string? history, DateTimeOffset at, IngestItem item, ForeignRows rows)
    {
        if (Says(record, "IsDeleted"))
        {
            item.Ignored = OfDeleted;
            return;
        }

        string lead = rows.Lead(opportunity);
        int before = item.Transitions.Count;
        rows.Changed(item, record.Field, lead, "StageName", AttributeValue.Of(record.Need("StageName")), at, at, "salesforce-" + (history ?? opportunity + "-closed"), record.Text("CreatedById"));
        if (item.Transitions.Count > before && item.Transitions[^1].To is Funnel.Stages.Stage.Won or Funnel.Stages.Stage.Lost)
        {
            bool won = item.Transitions[^1].To == Funnel.Stages.Stage.Won;
            string ended = $"salesforce-{opportunity}-{(won ? "won" : "lost")}{(history is null ? PlannedEnds.Suffix : "")}";
            if (history is null)
            {
                item.Transitions[^1] = item.Transitions[^1] with { Id = ended };
            }

            item.Outcomes.Add(new()
            {
                Id = ended,
                LeadId = lead,
                Won = won,
                Amount = record.Find("Amount")?.Decimal(),
                Currency = record.Text("CurrencyIsoCode"),
                OccurredAt = at,
                RecordedAt = at,
            });
        }
    }
}
