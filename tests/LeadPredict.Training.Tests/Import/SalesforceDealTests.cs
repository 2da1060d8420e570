using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Training.Tests.Import;

/// <summary>How deals of a Salesforce export end, in history and in the funnel's figures.</summary>
public sealed class SalesforceDealTests : IDisposable
{
    private const string Stages = "Id,OpportunityId,StageName,Amount,CreatedDate\n";
    private const string Converted = "2024-02-01T15:00:00.000+0000";
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2024-02-01")]
    [InlineData("2024-01-15")]
    [InlineData("2024-03-20")]
    public async Task Opportunity_ClosedOnAnyDayOfThePlan_IsWonAfterItWasMade(string closeDate)
    {
        await ImportAsync(closeDate);

        (await StagesAsync()).ShouldBe([Stage.SalesQualified, Stage.Opportunity, Stage.Won]);
        await ShouldBeWonOnceAsync(1500);
    }

    [Theory]
    [InlineData("2024-03-20")]
    [InlineData("2024-03-10")]
    public async Task Opportunity_WithItsHistory_EndsWhenTheHistorySays(string closeDate)
    {
        const string history = Stages + "h1,006A,Prospecting,1000,2024-02-01T15:00:00.000+0000\nh2,006A,Negotiation/Review,1000,2024-03-20T09:00:00.000+0000\n"
            + "h3,006A,Closed Won,1500,2024-03-20T16:00:00.000+0000\n";

        ConsoleRun run = await ImportAsync(closeDate, history);

        (await StagesAsync()).ShouldBe([Stage.SalesQualified, Stage.Opportunity, Stage.Opportunity, Stage.Opportunity, Stage.Won]);
        await ShouldBeWonOnceAsync(1500);
        run.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2024-03-20")]
    [InlineData("2024-03-10")]
    public async Task Opportunity_ImportedBeforeItsHistory_EndsOnceWhenTheHistorySays(string closeDate)
    {
        await ImportAsync(closeDate);
        await ImportAsync(closeDate, Stages + "h2,006A,Negotiation/Review,1000,2024-03-20T09:00:00.000+0000\nh3,006A,Closed Won,1700,2024-03-20T16:00:00.000+0000\n");

        (await StagesAsync()).ShouldBe([Stage.SalesQualified, Stage.Opportunity, Stage.Opportunity, Stage.Won]);
        await ShouldBeWonOnceAsync(1700);
    }

    [Theory]
    [InlineData("h3", "h4")]
    [InlineData("h4", "h3")]
    public async Task Opportunity_EditedAfterItWasWon_EndsWithItsEarliestRowAndIsWorthTheLastHoweverListed(params string[] order)
    {
        var rows = new Dictionary<string, string>
        {
            ["h3"] = "h3,006A,Closed Won,1700,2024-03-20T16:00:00.000+0000\n",
            ["h4"] = "h4,006A,Closed Won,9900,2024-05-02T16:00:00.000+0000\n",
        };

        await ImportAsync("2024-03-20", Stages + string.Concat(order.Select(row => rows[row])));

        await ShouldBeWonOnceAsync(9900);
    }

    [Fact]
    public async Task Opportunity_LostReopenedAndWon_HasItsRevenue()
    {
        const string history = Stages + "h1,006A,Closed Lost,1500,2024-02-10T15:00:00.000+0000\nh2,006A,Prospecting,1500,2024-02-20T09:00:00.000+0000\n"
            + "h3,006A,Closed Won,1700,2024-03-20T16:00:00.000+0000\n";

        await ImportAsync("2024-03-20", history);

        (await _folder.LeadsAsync()).Single().Outcomes.Select(outcome => (outcome.Won, outcome.Amount)).ShouldBe([(false, 1500m), (true, 1700m)]);
        (await FunnelAsync()).GetProperty("revenue")[0].GetProperty("amounts")[0].GetProperty("amount").GetDecimal().ShouldBe(1700);
    }

    [Fact]
    public async Task Opportunity_ExportedLostAndLaterWon_HasBothEnds()
    {
        await ImportAsync("2024-02-10", stage: "Closed Lost");
        await ImportAsync("2024-03-20");

        (await StagesAsync()).ShouldBe([Stage.SalesQualified, Stage.Opportunity, Stage.Lost, Stage.Won]);
        (await _folder.LeadsAsync()).Single().Outcomes.Select(outcome => outcome.Won).ShouldBe([false, true]);
    }

    /// <summary>Whatever word it is that the stage is known by, an export tells the deal that a delivery of the same records does.</summary>
    [Theory]
    [InlineData("Closed - Won", true)]
    [InlineData("won", true)]
    [InlineData("Customer", true)]
    [InlineData("Closed-Lost", false)]
    [InlineData("Lost", false)]
    public async Task Opportunity_ClosedInAnotherWordForIt_IsTheSameDealImportedOrSent(string stage, bool won)
    {
        using var sent = new ImportFolder();
        await sent.SendAsync(
            "salesforce",
            $$"""
            [{ "attributes": { "type": "Lead" }, "Id": "00Q1", "Company": "Acme", "CreatedDate": "2024-01-10T09:00:00.000+0000", "ConvertedOpportunityId": "006A" },
             { "attributes": { "type": "Opportunity" }, "Id": "006A", "StageName": "{{stage}}", "Amount": 1500, "CloseDate": "2024-03-10", "CreatedDate": "{{Converted}}" },
             { "attributes": { "type": "OpportunityHistory" }, "Id": "h3", "OpportunityId": "006A", "StageName": "{{stage}}", "Amount": 1700, "CreatedDate": "2024-03-20T16:00:00.000+0000" }]
            """);
        await ImportAsync("2024-03-10", stage: stage);
        (await _folder.LeadsAsync()).Single().Outcomes.ShouldHaveSingleItem().Won.ShouldBe(won);

        await ImportAsync("2024-03-10", Stages + $"h3,006A,{stage},1700,2024-03-20T16:00:00.000+0000\n", stage);

        Outcome[] deals = [.. (await _folder.LeadsAsync()).Single().Outcomes];
        deals.ShouldBe([.. (await sent.LeadsAsync()).Single().Outcomes]);
        deals.ShouldHaveSingleItem().Amount.ShouldBe(1700);
    }

    [Fact]
    public async Task Opportunities_OfNoLead_AreCountedInANoteAndTheRestIsKept()
    {
        ConsoleRun run = await ImportAsync("2024-03-20", Stages + "h1,006Y,Prospecting,1000,2024-02-01T15:00:00.000+0000\nh2,006Z,Closed Won,1000,2024-03-20T09:00:00.000+0000\n");

        run.Error.ShouldContain("OpportunityHistory.csv: 2 records are left out, since no row of Lead.csv says which lead they are about");
        run.Out.ShouldContain("0 values or records rejected");
        await ShouldBeWonOnceAsync(1500);
    }

    private async Task<ConsoleRun> ImportAsync(string closeDate, string? history = null, string stage = "Closed Won")
    {
        _folder
            .With("Lead.csv", "Id,Company,LeadSource,CreatedDate,ConvertedOpportunityId\n00Q1,Acme,Web,2024-01-10T09:00:00.000+0000,006A\n")
            .With("LeadHistory.csv", $"Id,LeadId,Field,OldValue,NewValue,CreatedDate,CreatedById\n0171,00Q1,leadConverted,,,{Converted},005x\n")
            .With("Opportunity.csv", $"Id,Name,StageName,Amount,CloseDate,CreatedDate\n006A,Acme deal,{stage},1500,{closeDate},{Converted}\n");
        if (history is not null)
        {
            _folder.With("OpportunityHistory.csv", history);
        }

        ConsoleRun run = await _folder.ImportAsync("--recipe", "salesforce");
        run.ExitCode.ShouldBe(0, run.Error);
        return run;
    }

    private async Task<Stage[]> StagesAsync() => [.. (await _folder.LeadsAsync()).Single().Transitions.Select(row => row.To)];

    private async Task<JsonElement> FunnelAsync() => (await ConsoleRun.Of("funnel", "--store", _folder.Store, "--models", _folder.Files, "--json")).Json;

    /// <summary>The links' figures and the revenue tell of one deal.</summary>
    private async Task ShouldBeWonOnceAsync(decimal amount)
    {
        JsonElement funnel = await FunnelAsync();
        foreach (JsonElement link in funnel.GetProperty("links").EnumerateArray())
        {
            JsonElement all = link.GetProperty("all");
            (all.GetProperty("episodes").GetInt32(), all.GetProperty("converted").GetInt32()).ShouldBe((1, 1), funnel.ToString());
        }

        JsonElement revenue = funnel.GetProperty("revenue")[0];
        revenue.GetProperty("won").GetInt32().ShouldBe(1);
        JsonElement won = revenue.GetProperty("amounts")[0];
        (won.GetProperty("amount").GetDecimal(), won.GetProperty("deals").GetInt32()).ShouldBe((amount, 1));
    }
}
