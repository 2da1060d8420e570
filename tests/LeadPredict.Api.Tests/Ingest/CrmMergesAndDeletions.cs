using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Merges;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>What a CRM tells of records that became one, or are gone.</summary>
public sealed class CrmMergesAndDeletions : IngestTests
{
    [Fact]
    public async Task HubSpotMerge_OfAnUnknownAndANewContact_MakesThemNamesOfThePrimary()
    {
        await HubSpotAsync(Event("contact.creation", 1));

        (await HubSpotAsync(Merge(1, "2", 3))).ShouldBe(["added"]);

        (await HubSpotAsync(Title(2, "CTO"), Title(3, "CEO"))).ShouldBe(["added", "added"]);
        (await LeadAsync("1")).Attributes.Select(row => row.Value.Text).ShouldBe(["CTO", "CEO"], ignoreOrder: true);
        (await HubSpotAsync(Merge(1, "2", 3))).ShouldBe(["known"]);
    }

    [Fact]
    public async Task HubSpotMerge_ToldBeforeItsContactsAreKnown_IsTheContactThatComes()
    {
        (await HubSpotAsync(Merge(1, "2", 3))).ShouldBe(["added"]);

        (await HubSpotAsync(Event("contact.creation", 3), Title(3, "CTO"), Title(2, "CEO"))).ShouldBe(["added", "added", "added"]);

        (await LeadAsync("1")).Attributes.Count.ShouldBe(2);
        (await HubSpotAsync(Event("contact.creation", 2))).ShouldBe(["known"]);
    }

    [Fact]
    public async Task AnotherNameOfALead_IsReadScoredAndObjectedForAsTheLead()
    {
        await HubSpotAsync(Event("contact.creation", 1), Merge(1, "2", 3));

        (await Api.GetAsync("/v1/leads/3")).Body.GetProperty("lead").GetProperty("id").GetString().ShouldBe("1");
        int status = (await Api.PostAsync("/v1/score", """{"leadId":"3"}""")).Status;
        status.ShouldBe((await Api.PostAsync("/v1/score", """{"leadId":"1"}""")).Status);
        status.ShouldNotBe(404);
        (await Api.PostAsync("/v1/leads/3/objection", "")).Status.ShouldBe(200);
        ProfilingObjection.IsRaised(await LeadAsync("1")).ShouldBeTrue();
        (await Api.GetAsync("/v1/leads/4")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task HubSpotMerge_WhosePrimaryIsUnknown_MakesItANameOfTheMerged()
    {
        await HubSpotAsync(Event("contact.creation", 2));

        (await HubSpotAsync(Merge(1, "2"))).ShouldBe(["added"]);

        (await HubSpotAsync(Title(1, "CTO"))).ShouldBe(["added"]);
        (await LeadAsync("2")).Attributes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task HubSpotMerge_OfTwoKnownContacts_IsAMergeThatCanBeTakenBack()
    {
        await HubSpotAsync(Event("contact.creation", 1), Event("contact.creation", 2), Title(2, "CTO"));

        (await HubSpotAsync(Merge(1, "2"))).ShouldBe(["added"]);

        IMergeStore merges = MergeStores.Of(Store);
        Merge merge = (await merges.ListAsync()).ShouldHaveSingleItem();
        (merge.Kept, merge.Merged, merge.Reason).ShouldBe(("1", "2", "merged in HubSpot"));
        (await LeadAsync("1")).MergedIds.ShouldBe(["2"]);
        (await HubSpotAsync(Merge(1, "2"))).ShouldBe(["known"]);
        await merges.UndoAsync(merge.Id, ApiHost.Clock.GetUtcNow());
        (await HubSpotAsync(Merge(1, "2"))).ShouldBe(["known"], "a merge that was taken back stays so");
        (await LeadAsync("1")).MergedIds.ShouldBeEmpty();
    }

    [Fact]
    public async Task HubSpotMerge_WithTheCreationOfWhatItMadeInOneDelivery_IsOneLead()
    {
        await HubSpotAsync(Event("contact.creation", 1), Title(1, "CTO"));

        (await HubSpotAsync(Event("contact.creation", 3), Merge(1, "2", 3))).ShouldBe(["added", "added"]);

        (await LeadAsync("1")).MergedIds.ShouldBe(["3"]);
    }

    [Fact]
    public async Task HubSpotDeletion_OfAContact_DisqualifiesItsLead()
    {
        await HubSpotAsync(Event("contact.creation", 1));

        (await HubSpotAsync(Event("contact.deletion", 1))).ShouldBe(["added"]);

        StageTransition gone = (await LeadAsync("1")).Transitions.ShouldHaveSingleItem();
        (gone.To, gone.Reason).ShouldBe((Stage.Disqualified, "deleted in HubSpot"));
    }

    [Fact]
    public async Task HubSpotDeletion_ThatAMergeBrought_DisqualifiesNobody()
    {
        await HubSpotAsync(Event("contact.creation", 1), Event("contact.creation", 2));

        (await HubSpotAsync(Event("contact.deletion", 1), Event("contact.deletion", 2), Merge(1, "2", 3))).ShouldBe(["ignored", "ignored", "added"]);
        (await HubSpotAsync(Event("contact.deletion", 2, ",\"changeSource\":\"MERGE_OBJECTS\""))).ShouldBe(["ignored"]);
        (await HubSpotAsync(Event("contact.deletion", 2))).ShouldBe(["ignored"]);

        (await LeadAsync("1")).Transitions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HubSpotDeletion_AfterAMergeThatMadeAContact_IsTheLeadsWhereThatOneGoes(bool madeIsKnown)
    {
        await HubSpotAsync(Event("contact.creation", 1), Event("contact.creation", 2));
        await HubSpotAsync([.. madeIsKnown ? [Event("contact.creation", 3)] : Array.Empty<string>(), Merge(1, "2", 3)]);

        (await HubSpotAsync(Event("contact.deletion", 1))).ShouldBe(["ignored"]);
        (await HubSpotAsync(Event("contact.deletion", 2))).ShouldBe(["ignored"]);
        (await LeadAsync("1")).Transitions.ShouldBeEmpty();

        (await HubSpotAsync(Event("contact.deletion", 3))).ShouldBe(["added"]);
        (await LeadAsync("1")).Transitions.ShouldHaveSingleItem().To.ShouldBe(Stage.Disqualified);
    }

    [Fact]
    public async Task HubSpotDeletion_OfAPrimaryThatIsNotKnownByItself_IsOfTheLeadItIsANameOf()
    {
        await HubSpotAsync(Event("contact.creation", 2));
        await HubSpotAsync(Merge(1, "2"));

        (await HubSpotAsync(Event("contact.deletion", 2))).ShouldBe(["ignored"]);
        (await HubSpotAsync(Event("contact.deletion", 1))).ShouldBe(["added"]);

        (await LeadAsync("2")).Transitions.ShouldHaveSingleItem().To.ShouldBe(Stage.Disqualified);
    }

    [Fact]
    public async Task HubSpotDeletion_OfAContactThatTwoMergesMade_IsLeftOutUntilTheLastGoes()
    {
        await HubSpotAsync(Event("contact.creation", 1));
        await HubSpotAsync(Merge(1, "2", 3), Event("contact.deletion", 3), Merge(3, "4", 5));

        (await HubSpotAsync(Event("contact.deletion", 3))).ShouldBe(["ignored"]);
        (await HubSpotAsync(Event("contact.deletion", 5))).ShouldBe(["added"]);
    }

    [Fact]
    public async Task SalesforceLead_MergedOrDeleted_IsTheMasterOrDisqualified()
    {
        await SendAsync("salesforce", Record("00QM", ""), Record("00QX", ", \"IsDeleted\": true, \"LastModifiedDate\": \"2025-03-01T00:00:00Z\""));

        (await SendAsync("salesforce", Record("00QL", ", \"IsDeleted\": true, \"MasterRecordId\": \"00QM\""))).ShouldBe(["added"]);

        (await LeadAsync("00QM")).MergedIds.ShouldBe(["00QL"]);
        (await LeadAsync("00QM")).Transitions.ShouldBeEmpty();
        (await LeadAsync("00QX")).Transitions.ShouldHaveSingleItem().Reason.ShouldBe("deleted in Salesforce");
    }

    [Fact]
    public async Task SalesforceMerge_IntoAMasterOfFifteenCharacters_IsOfThatOfEighteen()
    {
        await SendAsync("salesforce", Record("00Q5e00000AbCdEEAV", ""));

        (await SendAsync("salesforce", Record("00QL", ", \"MasterRecordId\": \"00Q5e00000AbCdE\""))).ShouldBe(["added"]);

        (await LeadAsync("00Q5e00000AbCdEEAV")).MergedIds.ShouldBe(["00QL"]);
    }

    [Fact]
    public async Task SegmentAlias_FromAKnownUserToAnUnknownOne_MakesItAnotherNameOfTheKnown()
    {
        await SendAsync("segment", """{"messageId":"m1","type":"identify","userId":"u1","timestamp":"2025-03-01T00:00:00Z"}""");
        await SendAsync("segment", """{"messageId":"m2","type":"track","event":"Signed Up","userId":"u2","timestamp":"2025-03-02T00:00:00Z"}""");

        (await SendAsync("segment", """{"messageId":"m3","type":"alias","previousId":"u1","userId":"u2","timestamp":"2025-03-03T00:00:00Z"}""")).ShouldBe(["added"]);

        (await LeadAsync("u1")).Touches.ShouldHaveSingleItem().Type.ShouldBe("trial_signup");
        (await SendAsync("segment", """{"messageId":"m4","type":"identify","userId":"u2","timestamp":"2025-03-04T00:00:00Z","traits":{"title":"CTO"}}""")).ShouldBe(["added"]);
        (await LeadAsync("u1")).Attributes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task SegmentTrack_OfAnotherUserOfAKnownVisitor_IsNotTheFirstUsers()
    {
        await SendAsync("segment", """{"messageId":"m1","type":"identify","userId":"u1","anonymousId":"a1","timestamp":"2025-03-01T00:00:00Z"}""");

        (await SendAsync("segment", """{"messageId":"m2","type":"track","event":"Signed Up","userId":"u2","anonymousId":"a1","timestamp":"2025-03-02T00:00:00Z"}""")).ShouldBe(["waiting"]);
    }

    private static string Event(string type, int id, string more = "") =>
        $$"""{"eventId":{{id}},"subscriptionId":1,"portalId":7,"occurredAt":{{1741000000000 + id}},"subscriptionType":"{{type}}","objectId":{{id}}{{more}}}""";

    private static string Title(int id, string title) => Event("contact.propertyChange", id, $",\"propertyName\":\"jobtitle\",\"propertyValue\":\"{title}\"");

    private static string Merge(int primary, string merged, int? made = null) =>
        $$"""{"eventId":9,"subscriptionId":2,"portalId":7,"occurredAt":1741000001000,"subscriptionType":"contact.merge","primaryObjectId":{{primary}},"mergedObjectIds":[{{merged}}],"newObjectId":{{made ?? primary}},"numberOfPropertiesMoved":3}""";

    private static string Record(string id, string more) =>
        $$"""{"attributes":{"type":"Lead"},"Id":"{{id}}","CreatedDate":"2025-01-05T08:00:00.000+0000"{{more}}}""";

    private Task<string[]> HubSpotAsync(params string[] events) => SendAsync("hubspot", events);

    /// <summary>Sends the items in one delivery; gives their states.</summary>
    private async Task<string[]> SendAsync(string source, params string[] items)
    {
        (int status, JsonElement answer) = await Api.SendAsync(Senders.Plain("/v1/ingest/" + source, Senders.Bytes($"[{string.Join(',', items)}]")));
        status.ShouldBe(200, answer.ToString());
        return [.. answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("status").GetString()!)];
    }

    private async Task<LeadHistory> LeadAsync(string id) => (await Store.FindAccountOfLeadAsync(id))!.Leads.Single(lead => lead.Lead.Id == id);
}
