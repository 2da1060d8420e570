using System.Text.Json;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>What a CloudEvent of one of our own types is known by.</summary>
public sealed class CloudEventIds : IngestTests
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (await SentAsync("lead", "0", """{"id":"c-1","createdAt":"2025-03-01T00:00:00Z"}""")).ShouldBe("added");
    }

    [Theory]
    [InlineData("touch", """ "type":"page_view","occurredAt":"2025-03-02T00:00:00Z" """, """ "type":"page_view","occurredAt":"2025-03-03T00:00:00Z" """)]
    [InlineData("transition", """ "to":"MarketingQualified","occurredAt":"2025-03-02T00:00:00Z" """, """ "to":"SalesQualified","occurredAt":"2025-03-02T00:00:00Z" """)]
    [InlineData("outcome", """ "won":true,"occurredAt":"2025-03-02T00:00:00Z" """, """ "won":false,"occurredAt":"2025-03-02T00:00:00Z" """)]
    public async Task Event_OfAnOwnType_IsKnownBySourceAndId(string type, string one, string other)
    {
        (await SentAsync(type, "1", Data(one))).ShouldBe("added");
        (await SentAsync(type, "1", Data(one))).ShouldBe("known");
        (await SentAsync(type, "1", Data(other))).ShouldBe("known");
        (await SentAsync(type, "2", Data(one))).ShouldBe("added");
        (await SentAsync(type, "1", Data(one), "/elsewhere")).ShouldBe("added");

        (await RowsAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Event_WhoseDataHasAnId_IsKnownByThat()
    {
        const string named = """ "id":"t1","type":"page_view","occurredAt":"2025-03-02T00:00:00Z" """;
        (await SentAsync("touch", "1", Data(named))).ShouldBe("added");
        (await SentAsync("touch", "2", Data(named))).ShouldBe("known");
        (await RowsAsync()).ShouldBe(1);
    }

    private static string Data(string members) => $$"""{"leadId":"c-1",{{members}}}""";

    private async Task<string?> SentAsync(string type, string id, string data, string source = "/shop")
    {
        string body = $$"""{"specversion":"1.0","id":"{{id}}","source":"{{source}}","type":"leadpredict.{{type}}","data":{{data}}}""";
        (int status, JsonElement answer) = await Api.SendAsync(Senders.Plain("/v1/ingest/cloudevents", Senders.Bytes(body)));
        status.ShouldBe(200, answer.ToString());
        return answer.GetProperty("items")[0].GetProperty("status").GetString();
    }

    private async Task<int> RowsAsync()
    {
        LeadHistory lead = (await Store.FindAccountOfLeadAsync("c-1"))!.Leads.ShouldHaveSingleItem();
        return lead.Touches.Count + lead.Transitions.Count + lead.Outcomes.Count;
    }
}
