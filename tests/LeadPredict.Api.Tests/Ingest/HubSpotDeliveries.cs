using System.Text.Json;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>HubSpot's events of other things than contacts, and its lists of versions.</summary>
public sealed class HubSpotDeliveries : IngestTests
{
    [Theory]
    [InlineData("""{ "subscriptionType": "contact.associationChange", "occurredAt": 1741000000000, "associationType": "CONTACT_TO_COMPANY", "fromObjectId": 7, "toObjectId": 8 }""")]
    [InlineData("""{ "subscriptionType": "company.merge", "occurredAt": 1741000000000, "primaryObjectId": 7, "mergedObjectIds": [8], "newObjectId": 9 }""")]
    [InlineData("""{ "subscriptionType": "object.merge", "objectTypeId": "0-2", "occurredAt": 1741000000000, "primaryObjectId": 7 }""")]
    public async Task Event_OfNoSingleObject_IsIgnored(string told)
    {
        (int status, JsonElement answer) = await Api.SendAsync(Senders.Plain("/v1/ingest/hubspot", Senders.Bytes($"[{told}]")));

        status.ShouldBe(200, answer.ToString());
        answer.GetProperty("items")[0].GetProperty("status").GetString().ShouldBe("ignored");
    }

    [Theory]
    [InlineData("contact.creation")]
    [InlineData("contact.propertyChange")]
    [InlineData("contact.deletion")]
    [InlineData("contact.privacyDeletion")]
    public async Task Event_OfAContactThatItDoesNotName_IsRefused(string type)
    {
        (int status, JsonElement answer) = await Api.SendAsync(Senders.Plain("/v1/ingest/hubspot", Senders.Bytes(
            $$"""[{ "subscriptionType": "{{type}}", "occurredAt": 1741000000000, "propertyName": "jobtitle", "propertyValue": "CTO" }]""")));

        status.ShouldBe(400, answer.ToString());
        answer.ToString().ShouldContain("no objectId");
    }

    [Theory]
    [InlineData("CEO 20, Clerk 20")]
    [InlineData("CEO 20, Clerk 20, Intern 10")]
    [InlineData("Intern 10, Clerk 20, CEO 20")]
    public async Task Versions_OfOneInstant_EndWithTheLaterHoweverListed(string listed)
    {
        string versions = string.Join(", ", listed.Split(", ").Select(version => version.Split(' '))
            .Select(version => $$"""{ "value": "{{version[0]}}", "timestamp": "2025-03-{{version[1]}}T08:00:00Z" }"""));
        (int status, JsonElement answer) = await Api.SendAsync(Senders.Plain("/v1/ingest/hubspot-history", Senders.Bytes(
            $$"""{ "results": [{ "id": "512", "createdAt": "2025-03-01T08:00:00Z", "propertiesWithHistory": { "jobtitle": [ {{versions}} ] } }] }""")));

        status.ShouldBe(200, answer.ToString());
        (await Store.FindAccountOfLeadAsync("512"))!.Leads[0].Attributes.TakeLast(2).Select(row => row.Value.Text).ShouldBe(["Clerk", "CEO"]);
    }
}
