using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Training.Tests.Import;

/// <summary>Fields by the names that the API, and by those that reports give them.</summary>
public sealed class SalesforceLabelTests : IDisposable
{
    private const string Lead = "00Q5e00001AbCdEEAV";
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Opportunity_OfALeadByLabels_IsTheLeads()
    {
        _folder.With("Opportunity.csv", "Opportunity ID,Stage,Amount,Close Date,Created Date\n0065e00000AbCdE,Closed Won,\"1,200.50\",2025-06-30,2025-02-01\n")
            .With("OpportunityHistory.csv", "Opportunity ID,Stage,Amount,Last Modified\n0065e00000AbCdE,Closed Won,\"1,200.50\",2025-05-30\n");

        await ImportAsync("LEAD ID,CREATED DATE,CONVERTED OPPORTUNITY ID\n00Q5e00001AbCdE,2025-01-01,0065e00000AbCdE\n", "LeadId,Field,NewValue,CreatedDate\n");

        LeadHistory lead = (await _folder.LeadsAsync()).ShouldHaveSingleItem();
        lead.Transitions.Select(row => row.To).ShouldBe([Stage.Opportunity, Stage.Won, Stage.Won]);
        (lead.Outcomes.ShouldHaveSingleItem().Amount, lead.Outcomes[0].OccurredAt.Day).ShouldBe((1200.50m, 30));
    }

    [Fact]
    public async Task Opportunity_OfLeadsThatNameNone_IsRefusedWithWhatToDo()
    {
        ConsoleRun run = await _folder.With("Lead.csv", $"Id,CreatedDate\n{Lead},2025-01-01\n").With("Opportunity.csv", "Id,StageName,Amount,CloseDate,CreatedDate\n").ImportAsync("--recipe", "salesforce");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(
            "there is no column 'ConvertedOpportunityId' or 'Converted Opportunity ID' in Lead.csv, by which rows of Opportunity.csv find theirs; add it to Lead.csv, or import without Opportunity.csv");
    }

    private async Task ImportAsync(string leads, string changes)
    {
        ConsoleRun run = await _folder.With("Lead.csv", leads).With("LeadHistory.csv", changes).ImportAsync("--recipe", "salesforce");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("0 values or records rejected");
    }
}
