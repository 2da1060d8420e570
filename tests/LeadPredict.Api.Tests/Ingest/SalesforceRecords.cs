using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Salesforce records that tell of one deal or one field more than once.</summary>
public sealed class SalesforceRecords : IngestTests
{
    private const string Id = "00Q5e00000AbCdEEAV";

    private const string Deal =
        """{ "attributes": { "type": "Opportunity" }, "Id": "006A", "StageName": "Closed Won", "IsClosed": true, "Amount": 5000, "CloseDate": "2025-05-10", "CreatedDate": "2025-04-01T12:00:00Z" }""";

    private static readonly string[] History =
    [
        """{ "Id": "008A", "OpportunityId": "006A", "StageName": "Prospecting", "Amount": 5000, "CreatedDate": "2025-04-01T12:00:00Z" }""",
        """{ "Id": "008B", "OpportunityId": "006A", "StageName": "Negotiation/Review", "Amount": 5000, "CreatedDate": "2025-05-10T09:00:00Z" }""",
        """{ "Id": "008C", "OpportunityId": "006A", "StageName": "Closed Won", "Amount": 5500, "CreatedDate": "2025-05-10T15:00:00Z" }""",
    ];

    [Theory]
    [InlineData("LDH")]
    [InlineData("LHD")]
    [InlineData("DHL")]
    [InlineData("HLD")]
    public async Task Deal_ToldByItsRecordAndItsHistoryInAnyOrder_EndsOnceWhenTheHistorySays(string order)
    {
        foreach (char kind in order)
        {
            foreach (string record in kind switch { 'L' => [Lead()], 'D' => [Deal], _ => History })
            {
                await SentAsync(record);
            }
        }

        LeadHistory lead = await ReadAsync();
        lead.Transitions.Select(row => row.To).ShouldBe([Stage.Opportunity, Stage.Opportunity, Stage.Opportunity, Stage.Won]);
        lead.Transitions[^1].OccurredAt.ShouldBe(new(2025, 5, 10, 15, 0, 0, TimeSpan.Zero));
        Outcome outcome = lead.Outcomes.ShouldHaveSingleItem();
        (outcome.OccurredAt, outcome.Amount).ShouldBe((lead.Transitions[^1].OccurredAt, 5500m));
    }

    [Fact]
    public async Task Deal_ToldByItsRecordAlone_EndsOnItsCloseDate()
    {
        await SentAsync(Lead());
        (await SentAsync(Deal)).ShouldBe("added");
        (await SentAsync(Deal)).ShouldBe("known");

        LeadHistory lead = await ReadAsync();
        lead.Transitions.Select(row => row.To).ShouldBe([Stage.Opportunity, Stage.Won]);
        lead.Outcomes.ShouldHaveSingleItem().OccurredAt.ShouldBe(new(2025, 5, 10, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("Closed Won", Stage.Won)]
    [InlineData("Closed Lost", Stage.Lost)]
    [InlineData("Prospecting", null)]
    public async Task Deal_WithoutIsClosed_IsClosedWhereItsStageSaysSo(string stage, Stage? end)
    {
        await SentAsync(Lead());
        (await SentAsync(Deal.Replace(" \"IsClosed\": true,", "", StringComparison.Ordinal).Replace("Closed Won", stage, StringComparison.Ordinal))).ShouldBe("added");

        LeadHistory lead = await ReadAsync();
        lead.Transitions.Select(row => (Stage?)row.To).ShouldBe(end is null ? [Stage.Opportunity] : [Stage.Opportunity, end]);
        lead.Outcomes.Count.ShouldBe(end is null ? 0 : 1);
    }

    [Theory]
    [InlineData(" Acme \\t", "Acme")]
    [InlineData("  ", null)]
    public async Task Company_WithBlanksAround_IsTheOneWithout(string told, string? company)
    {
        await SentAsync(Lead().Replace("{", $"{{ \"Company\": \"{told}\",", StringComparison.Ordinal));
        (await ReadAsync()).Lead.AccountId.ShouldBe(company);
    }

    [Fact]
    public async Task Deal_SentAgainWithAnotherAmount_IsWorthThat()
    {
        await SentAsync(Lead());
        await SentAsync(Deal);
        (await SentAsync(Deal.Replace("5000", "5500", StringComparison.Ordinal))).ShouldBe("added");
        (await ReadAsync()).Outcomes.ShouldHaveSingleItem().Amount.ShouldBe(5500);
    }

    [Fact]
    public async Task Lead_WithAnotherValue_ChangesItWhenItWasModified()
    {
        (await SentAsync(Lead())).ShouldBe("added");
        (await SentAsync(Lead("CIO", 20))).ShouldBe("added");
        (await SentAsync(Lead("CIO", 20))).ShouldBe("known");
        (await SentAsync(Lead("CIO", 22))).ShouldBe("known");
        (await SentAsync(Lead())).ShouldBe("known");
        (await SentAsync(Lead("CTO", 25))).ShouldBe("added");

        AttributeChange[] titles = [.. (await ReadAsync()).Attributes.Where(row => row.Name == "jobTitle")];
        titles.Select(row => row.Value.Text).ShouldBe(["CTO", "CIO", "CTO"]);
        titles.Select(row => row.OccurredAt.Day).ShouldBe([1, 20, 25]);
        titles.ShouldAllBe(row => row.RecordedAt == row.OccurredAt);
    }

    [Fact]
    public async Task Lead_WithAValueThatItsHistoryTells_ChangesNothing()
    {
        await SentAsync(Lead());
        await SentAsync("""{ "Id": "017A", "LeadId": "00Q5e00000AbCdEEAV", "Field": "Title", "NewValue": "CIO", "CreatedDate": "2025-03-20T08:00:00Z" }""");

        (await SentAsync(Lead("CIO", 22))).ShouldBe("known");
    }

    [Fact]
    public async Task Identifiers_OfFifteenCharacters_AreThoseOfEighteen()
    {
        await SentAsync(Lead());
        (await SentAsync($$"""{ "Id": "017A", "LeadId": "{{Id[..15]}}", "Field": "Industry", "NewValue": "Tech", "CreatedDate": "2025-03-20T08:00:00Z" }""")).ShouldBe("added");
        (await SentAsync(Lead().Replace(Id, Id[..15]))).ShouldBe("known");
    }

    private static string Lead(string title = "CTO", int modified = 1) =>
        $$"""{ "attributes": { "type": "Lead" }, "Id": "{{Id}}", "Title": "{{title}}", "CreatedDate": "2025-03-01T08:00:00Z", "LastModifiedDate": "2025-03-{{modified:D2}}T08:00:00Z", "ConvertedOpportunityId": "006A" }""";

    private async Task<string?> SentAsync(string record)
    {
        (int status, JsonElement answer) = await Api.SendAsync(Senders.Plain("/v1/ingest/salesforce", Senders.Bytes(record)));
        status.ShouldBe(200, answer.ToString());
        return answer.GetProperty("items")[0].GetProperty("status").GetString();
    }

    private async Task<LeadHistory> ReadAsync() => (await Store.FindAccountOfLeadAsync(Id))!.Leads.ShouldHaveSingleItem();
}
