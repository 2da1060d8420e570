using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.Import;

public sealed class RealFunnelTests : IDisposable
{
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RealDataFact]
    public async Task Olist_ByItsRecipe_HasItsLeadsWinsAndTheOneNegativeLag()
    {
        ConsoleRun run = await ImportAsync(SharedFiles.Real("raw"), "olist.yaml");

        Added(run, "leads").ShouldBe(8000);
        Added(run, "transitions").ShouldBe(8842);
        Added(run, "outcomes").ShouldBe(842);
        run.Json.GetProperty("rejects").GetInt32().ShouldBe(0);
        JsonElement anomalies = run.Json.GetProperty("anomalies");
        anomalies.GetProperty("count").GetInt32().ShouldBe(1);
        anomalies.GetProperty("first")[0].GetProperty("leadId").GetString().ShouldBe("b91cf8812365f50ff4bda4bcd6206b05");
        run.Error.ShouldContain("before the lead's creation");
        run.Error.ShouldContain("one link, MarketingQualified to Won within 30 days");

        List<LeadHistory> leads = await _folder.LeadsAsync();
        leads.Count(lead => lead.Transitions.Any(transition => transition.To == Stage.Won)).ShouldBe(842);
        foreach (LeadHistory lead in leads.Where(lead => lead.Outcomes.Count > 0 && lead.Outcomes[0].OccurredAt > lead.Lead.CreatedAt))
        {
            AtEntry(lead).Attributes.Keys.Except(["landingPage"]).ShouldBeEmpty();
        }

        ConsoleRun again = await ImportAsync(SharedFiles.Real("raw"), "olist.yaml");
        again.Json.GetProperty("rows").EnumerateObject().ShouldAllBe(kind => kind.Value.GetProperty("added").GetInt32() == 0);
    }

    [RealDataFact]
    public async Task Maven_ByItsRecipe_KeepsOpenDealsOpenAndRejectsTheUndated()
    {
        ConsoleRun run = await ImportAsync(SharedFiles.Real("raw", "maven_crm"), "maven.yaml");

        Added(run, "leads").ShouldBe(8300);
        run.Json.GetProperty("rejects").GetInt32().ShouldBe(500);
        run.Error.ShouldContain("column 'engage_date': '' is missing, so that the lead cannot be dated");
        run.Json.GetProperty("anomalies").GetProperty("count").GetInt32().ShouldBe(0);

        List<LeadHistory> leads = await _folder.LeadsAsync();
        leads.CountBy(lead => lead.Transitions[^1].To).ToDictionary().ShouldBe(
            new Dictionary<Stage, int> { [Stage.Won] = 4238, [Stage.Lost] = 2473, [Stage.SalesQualified] = 1589 },
            ignoreOrder: true);
        leads.Sum(lead => lead.Outcomes.Sum(outcome => outcome.Amount ?? 0)).ShouldBe(10_005_534m);
        leads.ShouldAllBe(lead => lead.Attributes.Any(change => change.Name == "listPrice"));
        leads.SelectMany(lead => lead.Attributes).Count(change => change.Value.Text == "GTXPro").ShouldBe(0);

        // Whether the account is filled in tells open deals from closed ones: it must not be known while the deal is open.
        string[] ofTheAccount = ["company", "industry", "revenue", "employees", "country", "founded", "parentCompany"];
        foreach (LeadHistory lead in leads)
        {
            AtEntry(lead).Attributes.Keys.Intersect(ofTheAccount).ShouldBeEmpty();
        }

        await using IHistoryStore store = await HistoryStores.OpenAsync(_folder.Store, create: false);
        FunnelDefinition funnel = (await store.GetFunnelAsync())!;
        funnel.Links.ShouldHaveSingleItem().From.ShouldBe(Stage.SalesQualified);
    }

    private static Snapshot AtEntry(LeadHistory lead) =>
        Snapshot.Take(new AccountHistory(null, [lead]), lead, lead.Lead.CreatedAt.AddMilliseconds(1));

    private static int Added(ConsoleRun run, string kind) => run.Json.GetProperty("rows").GetProperty(kind).GetProperty("added").GetInt32();

    private async Task<ConsoleRun> ImportAsync(string path, string recipe)
    {
        ConsoleRun run = await ConsoleRun.Of(
            "import", path, "--recipe", SharedFiles.Repository("tests", "recipes", recipe), "--store", _folder.Store, "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        return run;
    }
}
