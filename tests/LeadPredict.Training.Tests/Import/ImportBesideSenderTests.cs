using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Training.Tests.Import;

/// <summary>Files and deliveries that tell of the same leads, in any order.</summary>
public sealed class ImportBesideSenderTests : IDisposable
{
    private const string Won =
        """
        [{ "attributes": { "type": "OpportunityHistory" }, "Id": "008wt2", "OpportunityId": "006wt0000001AbCAAU", "CreatedDate": "2024-05-03T10:00:00.000+0000", "StageName": "Closed Won", "Amount": 5 }]
        """;

    private const string Leads = "Id,CreatedDate,ConvertedOpportunityId\n00Qwt0000001AbCAAU,2024-03-01T00:00:00.000Z,006wt0000001AbC\n";

    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Opportunity_SentAfterItsLeadWasImported_IsTheLeads()
    {
        await ImportAsync("Lead.csv", Leads, "salesforce");

        ((int)(await _folder.SendAsync("salesforce", Won))["waiting"]!).ShouldBe(0);

        await ShouldBeWonAsync();
    }

    [Fact]
    public async Task Opportunity_SentBeforeItsLeadIsImported_IsTheLeads()
    {
        ((int)(await _folder.SendAsync("salesforce", Won))["waiting"]!).ShouldBe(1);

        await ImportAsync("Lead.csv", Leads, "salesforce");

        await ShouldBeWonAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6_000)]
    public async Task Aliases_ThatAreALeadOfTheFile_NameNoOther(int between)
    {
        string others = string.Concat(Enumerable.Range(0, between).Select(i => $"n{i},2025-01-01,\n"));
        _folder.With("leads.csv", $"id,at,other\ne,2025-01-01,f\n{others}f,2025-01-01,\n")
            .With("calls.csv", "who,at\nf,2025-01-02\n")
            .With(
                "recipe.yaml",
                """
                files:
                  - file: leads.csv
                    lead: { id: id, createdAt: at, aliases: [other] }
                  - file: calls.csv
                    leadId: who
                    touches: { type: call, at: at }
                """);

        (await _folder.ImportAsync()).ExitCode.ShouldBe(0);

        (await _folder.LeadsAsync()).Single(lead => lead.Lead.Id == "f").Touches.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Aliases_OfARecipe_JoinRowsOfLaterFiles()
    {
        _folder.With("leads.csv", "id,at,mail,phone\na,2025-01-01,a@x.example,+49 1\nb,2025-01-01,,\n")
            .With("calls.csv", "who,at\na@x.example,2025-01-02\n+49 1,2025-01-03\nnobody,2025-01-04\n")
            .With(
                "recipe.yaml",
                """
                files:
                  - file: leads.csv
                    lead: { id: id, createdAt: at, aliases: [mail, { column: phone, optional: true }, { column: fax, optional: true }] }
                  - file: calls.csv
                    leadId: who
                    touches: { type: call, at: at }
                """);

        ConsoleRun run = await _folder.ImportAsync("--json");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("rejects").GetInt32().ShouldBe(1);
        (await _folder.LeadsAsync()).Select(lead => lead.Touches.Count).ShouldBe([2, 0]);
    }

    [Fact]
    public async Task Lead_MadeByAWebhookBeforeItsImport_TakesItsSourceAccountAndEarlierCreation()
    {
        await _folder.SendAsync(
            "hubspot",
            """[{ "eventId": 1, "subscriptionId": 2, "portalId": 3, "appId": 4, "occurredAt": 1714521600000, "subscriptionType": "contact.creation", "attemptNumber": 0, "objectId": 7001 }]""");
        const string contacts = "Record ID,Create Date,Original Source,Associated Company IDs,Company Name\n7001,2024-03-10 09:14,Organic Search,55,ACME\n";

        await ImportAsync("c.csv", contacts, "hubspot-contacts");
        await ImportAsync("c.csv", contacts, "hubspot-contacts");

        Lead lead = (await _folder.LeadsAsync()).ShouldHaveSingleItem().Lead;
        (lead.Source, lead.AccountId, lead.CreatedAt).ShouldBe(("Organic Search", "55", new(2024, 3, 10, 9, 14, 0, TimeSpan.Zero)));
    }

    private async Task ImportAsync(string file, string text, string recipe)
    {
        ConsoleRun run = await _folder.With(file, text).ImportAsync("--recipe", recipe);
        run.ExitCode.ShouldBe(0, run.Error);
    }

    private async Task ShouldBeWonAsync()
    {
        LeadHistory lead = (await _folder.LeadsAsync()).ShouldHaveSingleItem();
        lead.Transitions.ShouldHaveSingleItem().To.ShouldBe(Stage.Won);
        lead.Outcomes.ShouldHaveSingleItem().Amount.ShouldBe(5);
    }
}
