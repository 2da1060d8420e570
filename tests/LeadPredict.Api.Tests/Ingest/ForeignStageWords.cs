using System.Text.Json;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Stages that no mapping names, by the words that an import takes too.</summary>
public sealed class ForeignStageWords : IngestTests
{
    [Theory]
    [InlineData("SQL", Stage.SalesQualified)]
    [InlineData("SAL", Stage.SalesAccepted)]
    [InlineData("Sales Accepted", Stage.SalesAccepted)]
    [InlineData("Sales Qualified Lead", Stage.SalesQualified)]
    [InlineData("Recycled", Stage.Recycled)]
    [InlineData("Disqualified", Stage.Disqualified)]
    [InlineData("Customer", Stage.Won)]
    [InlineData("Closed Won", Stage.Won)]
    [InlineData("Lost", Stage.Lost)]
    [InlineData("Lead", Stage.Lead)]
    [InlineData("Subscriber", Stage.Lead)]
    [InlineData("Opportunity", Stage.Opportunity)]
    [InlineData("Qualified ", Stage.SalesQualified)]
    public async Task Status_InAUsualWord_IsThatStage(string word, Stage stage)
    {
        (int status, JsonElement answer) = await Api.SendAsync(Senders.Plain("/v1/ingest/salesforce", Senders.Bytes(
            $$"""
            [{ "attributes": { "type": "Lead" }, "Id": "00QS", "CreatedDate": "2025-01-01T00:00:00Z" },
             { "attributes": { "type": "LeadHistory" }, "Id": "017S", "LeadId": "00QS", "Field": "Status", "NewValue": "{{word}}", "CreatedDate": "2025-01-02T00:00:00Z" }]
            """)));

        status.ShouldBe(200, answer.ToString());
        (await Store.FindAccountOfLeadAsync("00QS"))!.Leads[0].Transitions.ShouldHaveSingleItem().To.ShouldBe(stage);
    }

    [Fact]
    public async Task Stage_ThatTheMappingSaysIsNone_StaysNone()
    {
        const string own = "hubspot:\n  stages: { lifecyclestage: { opportunity: ~ } }\n";
        await using ApiHost api = await ApiHost.StartAsync(Store, model: false, change: options => options with { Ingest = new() { Mapping = own } });
        (_, JsonElement answer) = await api.SendAsync(Senders.Plain("/v1/ingest/hubspot", Senders.Bytes(
            """[{ "subscriptionType": "contact.propertyChange", "objectId": 7, "occurredAt": 1741000000000, "propertyName": "lifecyclestage", "propertyValue": "Opportunity" }]""")));

        answer.GetProperty("ignored").GetInt32().ShouldBe(1, answer.ToString());
    }
}
