using System.Text.Json;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Text in fields that the mapping says are numbers.</summary>
public sealed class NumbersInText : IngestTests
{
    [Theory]
    [InlineData("\"1.5E7\"", 15_000_000)]
    [InlineData("\"1e3\"", 1_000)]
    [InlineData("\" 250 \"", 250)]
    [InlineData("\"-12.5\"", -12.5)]
    [InlineData("250", 250)]
    public async Task Number_InText_IsRead(string written, double number)
    {
        (await LeadAsync(written)).TryGetProperty("leftOut", out _).ShouldBeFalse();

        (await RevenueAsync("00QR")).ShouldBe(AttributeValue.Of(number));
    }

    [Theory]
    [InlineData("1.234.567,89 €")]
    [InlineData("50-100")]
    [InlineData("EUR 1,250,000.50")]
    [InlineData("1E999")]
    [InlineData("Infinity")]
    public async Task Text_ThatIsNoNumber_IsLeftOutAndTold(string text)
    {
        JsonElement item = await LeadAsync($"\"{text}\"");

        item.GetProperty("status").GetString().ShouldBe("added");
        JsonElement left = item.GetProperty("leftOut").EnumerateArray().ShouldHaveSingleItem();
        left.GetProperty("pointer").GetString().ShouldBe("/AnnualRevenue");
        left.GetProperty("found").GetString().ShouldBe($"AnnualRevenue '{text}'");
        left.GetProperty("expected").GetString().ShouldBe("a number such as 1250000.5 or 1.25E6");
        (await RevenueAsync("00QR")).ShouldBeNull();
    }

    [Fact]
    public async Task Event_OfNothingElse_IsIgnoredAndTold()
    {
        await Api.PostAsync("/v1/leads", """{ "id": "7", "createdAt": "2025-01-01" }""");
        (int status, JsonElement answer) = await Api.SendAsync(Senders.Plain("/v1/ingest/hubspot", Senders.Bytes(
            """[{ "subscriptionType": "contact.propertyChange", "objectId": 7, "occurredAt": 1741000000000, "propertyName": "annualrevenue", "propertyValue": "a lot" }]""")));

        status.ShouldBe(200, answer.ToString());
        JsonElement item = answer.GetProperty("items")[0];
        item.GetProperty("status").GetString().ShouldBe("ignored");
        item.GetProperty("leftOut")[0].GetProperty("found").GetString().ShouldBe("annualrevenue 'a lot'");
        (await RevenueAsync("7")).ShouldBeNull();
    }

    private async Task<JsonElement> LeadAsync(string revenue)
    {
        (int status, JsonElement answer) = await Api.SendAsync(Senders.Plain("/v1/ingest/salesforce", Senders.Bytes(
            $$"""{ "attributes": { "type": "Lead" }, "Id": "00QR", "CreatedDate": "2025-01-01T00:00:00Z", "AnnualRevenue": {{revenue}} }""")));
        status.ShouldBe(200, answer.ToString());
        return answer.GetProperty("items")[0];
    }

    private async Task<AttributeValue?> RevenueAsync(string lead) =>
        (await Store.FindAccountOfLeadAsync(lead))!.Leads[0].Attributes.SingleOrDefault(row => row.Name == "annualRevenue")?.Value;
}
