using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Further devices of a lead, which a sender names after they did something.</summary>
public sealed class NamesToldLate : IngestTests
{
    [Theory]
    [InlineData("""{"type":"identify","messageId":"m","userId":"u1","anonymousId":"phone-7","timestamp":"2025-06-28","receivedAt":"2025-06-28"}""")]
    [InlineData("""{"type":"track","event":"Plan Seen","messageId":"m","userId":"u1","anonymousId":"phone-7","timestamp":"2025-06-28","receivedAt":"2025-06-28"}""")]
    [InlineData("""{"type":"alias","messageId":"m","userId":"u1","previousId":"phone-7","timestamp":"2025-06-28","receivedAt":"2025-06-28"}""")]
    public async Task Device_NamedLater_IsInNoSnapshotOfBefore(string call)
    {
        await PostAsync("/v1/leads", """{"id":"u1","createdAt":"2025-06-01"}""");
        await PostAsync("/v1/touches", """{"leadId":"phone-7","type":"page_view","occurredAt":"2025-06-12"}""");
        await PostAsync("/v1/ingest/segment", call);
        await PostAsync("/v1/touches", """{"leadId":"phone-7","type":"page_view","occurredAt":"2025-06-13"}""");

        LeadHistory lead = (await Store.FindAccountOfLeadAsync("u1"))!.Leads.ShouldHaveSingleItem();

        int Seen(int day) => lead.Touches.Count(touch => touch.Type == "page_view" && touch.KnownAt < new DateTimeOffset(2025, 6, day, 0, 0, 0, TimeSpan.Zero));
        (Seen(15), Seen(29)).ShouldBe((0, 2));
    }

    private async Task PostAsync(string path, string body) => (await Api.PostAsync(path, body)).Status.ShouldBe(200);
}
