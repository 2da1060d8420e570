using System.Text.Json;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Numbers where a date belongs: a day's eight digits are that day, and what is no time is refused.</summary>
public sealed class PlainNumbersForDates : IngestTests
{
    [Theory]
    [InlineData("20240312")]
    [InlineData("\"20240312\"")]
    [InlineData("1710201600000")]
    public async Task Day_InDigits_IsThatDay(string written)
    {
        (await LeadAsync(written)).Status.ShouldBe(200);
        (await SalesforceAsync(written)).Status.ShouldBe(200);

        foreach (string id in new[] { "n1", "00QN" })
        {
            (await Store.FindAccountOfLeadAsync(id))!.Leads[0].Lead.CreatedAt.ShouldBe(new(2024, 3, 12, 0, 0, 0, TimeSpan.Zero));
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("45363")]
    [InlineData("20240230")]
    [InlineData("99999999")]
    [InlineData("1710234840")]
    public async Task Number_ThatIsNoTime_IsRefusedWithWhatIsExpected(string number)
    {
        foreach (string written in new[] { number, $"\"{number}\"" })
        {
            foreach ((int status, JsonElement answer) in new[] { await LeadAsync(written), await SalesforceAsync(written) })
            {
                status.ShouldBe(400, answer.ToString());
                answer.ToString().ShouldContain("a day such as 20250601");
            }
        }

        (await Store.SummarizeAsync()).Leads.ShouldBe(0);
    }

    private Task<(int Status, JsonElement Body)> LeadAsync(string created) =>
        Api.SendAsync(Senders.Plain("/v1/leads", Senders.Bytes($$"""{ "id": "n1", "createdAt": {{created}} }""")));

    private Task<(int Status, JsonElement Body)> SalesforceAsync(string created) =>
        Api.SendAsync(Senders.Plain("/v1/ingest/salesforce", Senders.Bytes($$"""{ "attributes": { "type": "Lead" }, "Id": "00QN", "CreatedDate": {{created}} }""")));
}
