using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Mautic's stages and subscriptions.</summary>
public sealed class MauticEvents : IngestTests
{
    [Theory]
    [InlineData("""{"id":2,"name":"MQL"}""", "\"2025-03-04T08:00:00+00:00\"", "2025-03-04T08:00:00Z")]
    [InlineData("\"MQL\"", "null", "2025-03-05T00:00:00Z")]
    public async Task Contact_SavedAtAStage_EntersIt(string stage, string modified, string at)
    {
        (int status, _) = await SavedAsync(stage, modified, "2025-03-05T00:00:00+00:00");

        status.ShouldBe(200);
        StageTransition entered = (await LeadAsync()).Transitions.ShouldHaveSingleItem();
        (entered.To, entered.OccurredAt).ShouldBe((Stage.MarketingQualified, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));
        (await LeadAsync()).Attributes.ShouldNotContain(row => row.Name.StartsWith("stage"));
    }

    [Fact]
    public async Task Contact_SavedAgainAtItsStage_DoesNotEnterItAnew()
    {
        await SavedAsync("\"MQL\"", "\"2025-03-04T08:00:00+00:00\"", "2025-03-05T00:00:00+00:00");
        await SavedAsync("\"MQL\"", "\"2025-03-06T08:00:00+00:00\"", "2025-03-06T08:00:00+00:00");
        await SavedAsync("\"SQL\"", "\"2025-03-07T08:00:00+00:00\"", "2025-03-07T08:00:00+00:00");

        (await LeadAsync()).Transitions.Select(row => row.To).ShouldBe([Stage.MarketingQualified, Stage.SalesQualified]);
    }

    [Fact]
    public async Task Stage_ThatTheMappingDoesNotKnow_IsRefusedByItsPlace()
    {
        (int status, JsonElement answer) = await SavedAsync("""{"id":9,"name":"Delighted"}""", "null", "2025-03-05T00:00:00+00:00");

        status.ShouldBe(400, answer.ToString());
        answer.ToString().ShouldContain("/mautic.lead_post_save_update/0/contact/stage");
        answer.ToString().ShouldContain("Delighted");
    }

    [Theory]
    [InlineData("email", "unsubscribed", "email_unsubscribe")]
    [InlineData("email", "manual", "email_unsubscribe")]
    [InlineData("email", "contactable", null)]
    [InlineData("email", "bounced", null)]
    [InlineData("sms", "unsubscribed", null)]
    public async Task Subscription_Changed_IsWhatItsChannelAndStatusSay(string channel, string state, string? touch)
    {
        string body = $$"""
            { "mautic.lead_channel_subscription_changed": [ { "contact": { "id": 47, "dateAdded": "2025-02-28T21:05:18+00:00", "fields": [] },
              "channel": "{{channel}}", "old_status": "contactable", "new_status": "{{state}}", "timestamp": "2025-03-05T00:00:00+00:00" } ] }
            """;

        (int status, JsonElement answer) = await Api.SendAsync(Senders.Plain("/v1/ingest/mautic", Senders.Bytes(body)));

        status.ShouldBe(200, answer.ToString());
        (await LeadAsync()).Touches.Select(row => row.Type).ShouldBe(touch is null ? [] : [touch]);
    }

    [Theory]
    [InlineData("contactable")]
    [InlineData("bounced")]
    public async Task Subscription_ThatIsNoUnsubscription_IsIgnoredWithItsReason(string state)
    {
        string body = $$"""
            { "mautic.lead_channel_subscription_changed": [ { "contact": { "id": 47 }, "channel": "email", "new_status": "{{state}}", "timestamp": "2025-03-05T00:00:00+00:00" } ] }
            """;

        (_, JsonElement answer) = await Api.SendAsync(Senders.Plain("/v1/ingest/mautic", Senders.Bytes(body)));

        JsonElement item = answer.GetProperty("items")[0];
        item.GetProperty("status").GetString().ShouldBe("ignored");
        item.GetProperty("because").GetString()!.ShouldContain(state);
    }

    private Task<(int Status, JsonElement Body)> SavedAsync(string stage, string modified, string told) => Api.SendAsync(Senders.Plain("/v1/ingest/mautic", Senders.Bytes(
        $$"""
        { "mautic.lead_post_save_update": [ { "contact": { "id": 47, "dateAdded": "2025-02-28T21:05:18+00:00", "dateModified": {{modified}}, "stage": {{stage}}, "fields": [] },
          "timestamp": "{{told}}" } ] }
        """)));

    private async Task<LeadHistory> LeadAsync() => (await Store.FindAccountOfLeadAsync("47"))!.Leads.Single();
}
