using System.Text.Json;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Words by which CRMs write that a field holds nothing, the same as in imports of their files.</summary>
public sealed class WordsForNothing : IngestTests
{
    [Theory]
    [InlineData("NULL")]
    [InlineData("null")]
    [InlineData(" N/A ")]
    [InlineData("#N/A")]
    [InlineData("nan")]
    [InlineData("Select")]
    public async Task Change_ToAWordForNothing_ClearsTheAttribute(string word)
    {
        await Api.PostAsync("/v1/leads", """{ "id": "7", "createdAt": "2025-01-01" }""");

        await SendAsync("marketo", $$"""{"id":1,"leadId":7,"activityDate":"2025-03-01T00:00:00Z","activityTypeId":13,"activityTypeName":"Change Data Value","primaryAttributeValue":"Rating","attributes":[{"name":"New Value","value":"{{word}}"}]}""");
        await SendAsync("salesforce", $$"""{"attributes":{"type":"LeadHistory"},"Id":"017A","LeadId":"7","Field":"Color","NewValue":"{{word}}","CreatedDate":"2025-03-01T00:00:00Z"}""");
        await SendAsync("hubspot", $$"""{"subscriptionType":"contact.propertyChange","objectId":7,"occurredAt":1741000000000,"propertyName":"size","propertyValue":"{{word}}"}""");
        await SendAsync("hubspot-history", $$"""{"id":"7","createdAt":"2025-01-01","propertiesWithHistory":{"shape":[{"value":"{{word}}","timestamp":"2025-03-01T00:00:00Z"} ] } }""");

        IReadOnlyList<AttributeChange> changes = (await LeadAsync("7")).Attributes;
        changes.Select(change => change.Name).ShouldBe(["Color", "Rating", "shape", "size"], ignoreOrder: true);
        changes.ShouldAllBe(change => change.Value.IsMissing);
    }

    [Fact]
    public async Task SalesforceLead_WithWordsForNothing_HasNoSuchAttributesAccountAndSource()
    {
        await SendAsync("salesforce",
            """{"attributes":{"type":"Lead"},"Id":"00QN","CreatedDate":"2025-01-01T00:00:00Z","Company":"N/A","LeadSource":"Select","Title":"NULL","AnnualRevenue":"NaN","Email":"a@b.example"}""");

        LeadHistory lead = await LeadAsync("00QN");
        lead.Attributes.ShouldHaveSingleItem().Name.ShouldBe("email");
        (lead.Lead.AccountId, lead.Lead.Source).ShouldBe((null, null));
    }

    [Fact]
    public async Task MarketoLead_WhoseSourceIsAWordForNothing_HasTheNextOne()
    {
        await SendAsync("marketo",
            """{"id":1,"leadId":7,"activityDate":"2025-03-01T00:00:00Z","activityTypeId":12,"activityTypeName":"New Lead","attributes":[{"name":"Lead Source","value":"null"},{"name":"Source Type","value":"Web"}]}""");

        (await LeadAsync("7")).Lead.Source.ShouldBe("Web");
    }

    [Fact]
    public async Task OwnShapesAndProperties_KeepTheTextThatTheySay()
    {
        await Api.PostAsync("/v1/leads", """{ "id": "7", "createdAt": "2025-01-01", "source": "Select", "attributes": { "title": "NULL" } }""");
        await SendAsync("marketo",
            """{"id":1,"leadId":7,"activityDate":"2025-03-01T00:00:00Z","activityTypeId":1,"activityTypeName":"Visit Webpage","attributes":[{"name":"Query Parameters","value":"null"}]}""");

        LeadHistory lead = await LeadAsync("7");
        (lead.Lead.Source, lead.Attributes.ShouldHaveSingleItem().Value).ShouldBe(("Select", AttributeValue.Of("NULL")));
        lead.Touches.ShouldHaveSingleItem().Properties["Query Parameters"].ShouldBe(AttributeValue.Of("null"));
    }

    private async Task SendAsync(string source, string item)
    {
        (int status, JsonElement answer) = await Api.SendAsync(Senders.Plain("/v1/ingest/" + source, Senders.Bytes($"[{item}]")));
        status.ShouldBe(200, answer.ToString());
        answer.GetProperty("items")[0].GetProperty("status").GetString().ShouldBe("added", answer.ToString());
    }

    private async Task<LeadHistory> LeadAsync(string id) => (await Store.FindAccountOfLeadAsync(id))!.Leads.Single(lead => lead.Lead.Id == id);
}
