using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Companies that are told of leads which are known already.</summary>
public sealed class AccountsToldLate : IngestTests
{
    [Theory]
    [InlineData("/v1/leads", """{"id":"u1","createdAt":"2025-06-01","accountId":"Acme"}""", null)]
    [InlineData("/v1/leads", """{"id":"u1","createdAt":"2025-06-01","recordedAt":"2025-06-20","accountId":"Acme"}""", 20)]
    [InlineData("/v1/leads", """{"id":"u1","createdAt":"2025-06-01","recordedAt":"2025-06-01","accountId":"Acme"}""", 1)]
    [InlineData("/v1/ingest/segment", """{"type":"group","messageId":"m","userId":"u1","groupId":"Acme","timestamp":"2025-06-28","receivedAt":"2025-06-28"}""", 28)]
    [InlineData("/v1/ingest/salesforce", """{"attributes":{"type":"Lead"},"Id":"u1","CreatedDate":"2025-06-01","Company":"Acme"}""", null)]
    public async Task Account_ToldLater_CountsFromWhenItWasTold(string path, string told, int? day)
    {
        await PostAsync("/v1/leads", """{"id":"u1","createdAt":"2025-06-01"}""");
        await PostAsync(path, told);
        await PostAsync(path, told);

        Lead lead = (await Store.FindAccountOfLeadAsync("u1"))!.Leads.ShouldHaveSingleItem().Lead;

        lead.AccountId.ShouldBe("Acme");
        (lead.AccountKnownAt ?? lead.KnownAt).ShouldBe(day is { } known ? new(2025, 6, known, 0, 0, 0, TimeSpan.Zero) : ApiHost.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Account_ToldWithTheLead_CountsSinceItsCreation()
    {
        await PostAsync("/v1/leads", """{"id":"u1","createdAt":"2025-06-01","accountId":"Acme"}""");
        await PostAsync("/v1/leads", """{"id":"u1","createdAt":"2025-06-01","accountId":"Acme"}""");

        (await Store.FindAccountOfLeadAsync("u1"))!.Leads.ShouldHaveSingleItem().Lead.AccountKnownAt.ShouldBeNull();
    }

    private async Task PostAsync(string path, string body) => (await Api.PostAsync(path, body)).Status.ShouldBe(200);
}
