using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Salesforce records as queries answer them: many at once, in any order, with and without their type.</summary>
public sealed class SalesforceDeliveries : IngestTests
{
    private const string Id = "00Q5e00001AbCdEEAV";
    private const string Lead = $$"""{ "Id": "{{Id}}", "CreatedDate": "2024-03-01T00:00:00Z", "ConvertedOpportunityId": "0065e00000XyZa1AAF" }""";

    private static readonly string[] Won =
    [
        Ended("0081", "2024-05-01T10:00:00Z", 1200),
        Ended("0082", "2024-07-02T10:00:00Z", 12000),
        Ended("0083", "2024-05-01T10:00:00Z", 1300),
    ];

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 2, 0)]
    public async Task Deal_EditedAfterItWasWon_EndsWithItsEarliestRowAndIsWorthTheLastInAnyOrder(params int[] order)
    {
        await SendAsync(Lead);
        JsonElement answer = await SendAsync([.. order.Select(i => Won[i])]);

        answer.GetProperty("refused").GetInt32().ShouldBe(0);
        Outcome outcome = (await ReadAsync()).Outcomes.ShouldHaveSingleItem();
        (outcome.Amount, outcome.OccurredAt).ShouldBe((12000m, new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Deal_WhoseEarliestRowIsRefused_EndsWithTheNext()
    {
        await SendAsync(Lead);
        await SendAsync(Won[1], Won[0].Replace("1200", "\"much\""));

        (await ReadAsync()).Outcomes.ShouldHaveSingleItem().Amount.ShouldBe(12000m);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("\"TRUE\"")]
    public async Task Opportunity_ThatIsDeleted_TellsNothing(string deleted)
    {
        await SendAsync(Lead);
        JsonElement answer = await SendAsync(
            $$"""{ "Id": "0065e00000XyZa1AAF", "StageName": "Closed Won", "IsClosed": true, "IsDeleted": {{deleted}}, "Amount": 5, "CloseDate": "2024-05-10", "CreatedDate": "2024-04-01T12:00:00Z" }""",
            $$"""{ "Id": "0085e00000XyZa1AAF", "OpportunityId": "0065e00000XyZa1AAF", "StageName": "Closed Won", "IsDeleted": {{deleted}}, "Amount": 5, "CreatedDate": "2024-04-01T12:00:00Z" }""");

        Item(answer, 0).GetProperty("because").GetString().ShouldBe("The opportunity is deleted.");
        Item(answer, 1).GetProperty("because").GetString().ShouldBe("The opportunity is deleted.");
        LeadHistory lead = await ReadAsync();
        (lead.Transitions.Count, lead.Outcomes.Count).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("\"TRUE\"")]
    public async Task Lead_ThatIsDeleted_IsDisqualifiedHoweverThatIsWritten(string deleted)
    {
        await SendAsync(Lead.Replace(", \"Conv", $", \"IsDeleted\": {deleted}, \"Conv"));

        (await ReadAsync()).Transitions.ShouldHaveSingleItem().To.ShouldBe(Stage.Disqualified);
    }

    [Theory]
    [InlineData("""{ "Id": "00T5e00000AAAAAAA1", "WhoId": "00Q5e00001AbCdEEAV", "CreatedDate": "2024-04-01T12:00:00Z" }""", "Task")]
    [InlineData("""{ "Id": "00U5e00000AAAAAAA1", "WhoId": "00Q5e00001AbCdEEAV", "CreatedDate": "2024-04-01T12:00:00Z" }""", "Event")]
    [InlineData("""{ "Id": "00v5e00000AAAAAAA1", "LeadId": "00Q5e00001AbCdEEAV", "Status": "Sent", "CreatedDate": "2024-04-01T12:00:00Z" }""", "CampaignMember")]
    [InlineData("""{ "Id": "0035e00000AAAAAAA1", "CreatedDate": "2024-04-01T12:00:00Z" }""", "Contact")]
    public async Task Record_OfAnotherTypeByItsIdentifier_IsIgnored(string record, string type)
    {
        JsonElement answer = await SendAsync(record);

        Item(answer, 0).GetProperty("because").GetString().ShouldBe($"Records of type {type} tell nothing here.");
        (await Store.SummarizeAsync()).Leads.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FieldHistory_OfOneInstant_EndsWithTheLaterHoweverListed(bool newestFirst)
    {
        string[] rows = [Field("0171", 10, "Clerk"), Field("0172", 20, "CTO"), Field("0173", 20, "CEO")];
        await SendAsync(Lead);
        await SendAsync(newestFirst ? [.. rows.Reverse()] : rows);

        (await ReadAsync()).Attributes.Where(row => row.Name == "jobTitle").Select(row => row.Value.Text).ShouldBe(["Clerk", "CTO", "CEO"]);
    }

    [Fact]
    public async Task Lead_WithItsHistoryInside_IsReadWithThatHistory()
    {
        string rows = string.Join(", ", Field("0173", 20, "CEO"), Field("0172", 20, "CTO"), Field("0171", 10, "Working", "Status"));
        await SendAsync(Lead.Replace(", \"Conv", $$""", "Histories": { "totalSize": 3, "done": true, "records": [ {{rows}} ] }, "Conv"""));
        JsonElement again = await SendAsync(Field("0171", 10, "Working", "Status"));

        Item(again, 0).GetProperty("status").GetString().ShouldBe("known");
        LeadHistory lead = await ReadAsync();
        lead.Transitions.ShouldHaveSingleItem().To.ShouldBe(Stage.SalesAccepted);
        lead.Attributes.Where(row => row.Name == "jobTitle").Select(row => row.Value.Text).ShouldBe(["CTO", "CEO"]);
    }

    [Fact]
    public async Task Opportunity_WithItsHistoryInside_IsReadWithThatHistory()
    {
        await SendAsync(Lead);
        await SendAsync(
            $$"""{ "Id": "0065e00000XyZa1AAF", "StageName": "Closed Won", "CreatedDate": "2024-04-01T12:00:00Z", "OpportunityHistories": { "records": [ {{Won[1]}}, {{Won[0]}} ] } }""");

        (await ReadAsync()).Outcomes.ShouldHaveSingleItem().Amount.ShouldBe(12000m);
    }

    private static string Ended(string id, string at, int amount) =>
        $$"""{ "Id": "{{id}}", "OpportunityId": "0065e00000XyZa1AAF", "CreatedDate": "{{at}}", "StageName": "Closed Won", "Amount": {{amount}}, "CurrencyIsoCode": "EUR" }""";

    private static string Field(string id, int day, string value, string field = "Title") =>
        $$"""{ "Id": "{{id}}", "LeadId": "{{Id}}", "Field": "{{field}}", "NewValue": "{{value}}", "CreatedDate": "2024-04-{{day}}T08:00:00Z" }""";

    private static JsonElement Item(JsonElement answer, int at) => answer.GetProperty("items")[at];

    private async Task<JsonElement> SendAsync(params string[] records) =>
        (await Api.SendAsync(Senders.Plain("/v1/ingest/salesforce", Senders.Bytes($$"""{ "totalSize": {{records.Length}}, "records": [ {{string.Join(", ", records)}} ] }""")))).Body;

    private async Task<LeadHistory> ReadAsync() => (await Store.FindAccountOfLeadAsync(Id))!.Leads.ShouldHaveSingleItem();
}
