using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Tests.Import;

/// <summary>Exports as the systems write them, loaded by the recipes that are shipped; the samples are made up.</summary>
public sealed class ShippedRecipeTests : IDisposable
{
    private static readonly string[] PresentState =
        ["lifecyclestage", "lifecycle stage", "status", "lead status", "leadStatus", "isconverted", "converted", "pageViews", "number of pageviews", "stagename"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-exports-");

    private string Store => "sqlite:" + Path.Combine(_folder.FullName, "history.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task HubSpotContacts_Unedited_AreLoadedWithCounts()
    {
        JsonElement report = await ImportAsync("hubspot", "hubspot-contacts", "--zone", "Europe/Berlin");

        Counts(report).ShouldBe((3, 16, 1, 4), report.ToString());
        report.GetProperty("files")[0].GetProperty("rejectedRecords").GetInt32().ShouldBe(1);
        LeadHistory ada = await LeadAsync("101");
        ada.Lead.CreatedAt.ShouldBe(new(2024, 3, 12, 8, 14, 0, TimeSpan.Zero));
        ada.Transitions.Select(row => row.To).ShouldBe([Stage.MarketingQualified, Stage.SalesQualified, Stage.Won]);
        Value(ada, "employees").Number.ShouldBe(1250);
        Value(ada, "annualRevenue").Number.ShouldBe(12_500_000);
        Value(ada, "jobTitle").Text.ShouldBe("VP, Marketing");
        Value(await LeadAsync("102"), "firstName").Text.ShouldBe("José");
        (await LeadAsync("103")).Attributes.ShouldNotContain(row => row.Name == "jobTitle" || row.Name == "company");
    }

    [Fact]
    public async Task Salesforce_Unedited_IsLoadedWithCounts()
    {
        JsonElement report = await ImportAsync("salesforce", "salesforce");

        // The planned end of the deal is kept beside the one that its history tells, and gives way to it.
        Counts(report).ShouldBe((3, 22, 0, 9), report.ToString());
        report.GetProperty("rows").GetProperty("outcomes").GetProperty("added").GetInt32().ShouldBe(2);
        LeadHistory ada = await LeadAsync("00Q1");
        ada.Transitions.Select(row => row.To).ShouldBe([Stage.SalesAccepted, Stage.SalesQualified, Stage.Opportunity, Stage.Opportunity, Stage.Opportunity, Stage.Won], ignoreOrder: true);
        ada.Outcomes.ShouldHaveSingleItem().Amount.ShouldBe(11500.25m);
        ada.Outcomes[0].OccurredAt.ShouldBe(new(2024, 5, 20, 15, 0, 0, TimeSpan.Zero));
        (await LeadAsync("00Q3")).Transitions.ShouldHaveSingleItem().To.ShouldBe(Stage.Disqualified);
    }

    [Fact]
    public async Task MarketoActivities_Unedited_AreLoadedWithCounts()
    {
        JsonElement report = await ImportAsync("marketo", "marketo-activities");

        Counts(report).ShouldBe((2, 1, 3, 1), report.ToString());
        LeadHistory lead = await LeadAsync("6");
        lead.Lead.Source.ShouldBe("Trade Show");
        lead.Touches.Select(row => row.Type).ShouldBe(["page_view", "form_submit"]);
        lead.Touches[0].Properties["Referrer URL"].Text.ShouldBe("https://x.example/");
        lead.Transitions.ShouldHaveSingleItem().To.ShouldBe(Stage.MarketingQualified);
        Value(lead, "jobTitle").Text.ShouldBe("Director");
    }

    [Fact]
    public async Task FileThatIsReadForItsLeadsFirst_IsListedOnce()
    {
        string file = SharedFiles.Repository("tests", "LeadPredict.Training.Tests", "Import", "Exports", "marketo", "activities-2024-03.csv");

        ConsoleRun run = await ConsoleRun.Of("import", file, "--recipe", "marketo-activities", "--store", Store);

        run.Out.Split('\n').Count(line => line.Contains("activities-2024-03.csv", StringComparison.Ordinal)).ShouldBe(1, run.Out);
        run.Out.ShouldContain("8 records          0 rejected");
    }

    [Fact]
    public async Task WordOfAnObjectThatIsRejected_IsToldByItsMember()
    {
        string file = Path.Combine(_folder.FullName, "activities.csv");
        await File.WriteAllTextAsync(
            file,
            """
            marketoGUID,leadId,activityDate,activityTypeId,primaryAttributeValue,attributes
            1,6,2024-03-10T20:00:00Z,12,,"{""Source Type"":""Web form""}"
            2,6,2024-03-11T20:00:00Z,13,Lead Status,"{""New Value"":""Known"",""Old Value"":""MQL""}"

            """);

        ConsoleRun run = await ConsoleRun.Of("import", file, "--recipe", "marketo-activities", "--store", Store);

        run.Error.ShouldContain("line 3, column 'attributes.New Value': 'Known' is no stage");
    }

    [Theory]
    [InlineData("hubspot", "hubspot-contacts")]
    [InlineData("salesforce", "salesforce")]
    [InlineData("marketo", "marketo-activities")]
    public async Task PresentState_OfAnyExport_IsNoAttribute(string folder, string recipe)
    {
        await ImportAsync(folder, recipe);

        await using IHistoryStore store = await HistoryStores.OpenAsync(Store, create: false);
        await foreach (AccountHistory account in store.ReadAccountsAsync())
        {
            account.Leads.SelectMany(lead => lead.Attributes).ShouldAllBe(row => !PresentState.Contains(row.Name, StringComparer.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task HubSpotContact_OfSeveralCompanies_IsOfTheFirst()
    {
        string file = Path.Combine(_folder.FullName, "contacts.csv");
        await File.WriteAllTextAsync(file, "Record ID,Create Date,Associated Company\n1,2024-03-12 09:14,Acme;Acme Holding\n2,2024-03-12 09:15,Acme\n");

        (await ConsoleRun.Of("import", file, "--recipe", "hubspot-contacts", "--store", Store)).ExitCode.ShouldBe(0);

        (await LeadAsync("1")).Lead.AccountId.ShouldBe("Acme");
        (await LeadAsync("2")).Lead.AccountId.ShouldBe("Acme");
    }

    [Fact]
    public async Task Headers_ByInternalNameInAnyCaseAndWindows1252_AreFound()
    {
        string file = Path.Combine(_folder.FullName, "contacts.csv");
        await File.WriteAllBytesAsync(file, System.Text.Encoding.Latin1.GetBytes("HS_OBJECT_ID;CREATEDATE;FirstName;AnnualRevenue\n7;2024-03-12 09:14;José;1.234,5\n"));

        ConsoleRun run = await ConsoleRun.Of(
            "import", file, "--recipe", "hubspot-contacts", "--store", Store, "--encoding", "windows-1252", "--decimal", ",", "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        LeadHistory lead = await LeadAsync("7");
        Value(lead, "firstName").Text.ShouldBe("José");
        Value(lead, "annualRevenue").Number.ShouldBe(1234.5);
    }

    [Fact]
    public void Recipes_ThatAreShipped_CanAllBeRead()
    {
        ShippedRecipes.Names.ShouldBe(["hubspot-contacts", "marketo-activities", "salesforce"]);
        foreach (string name in ShippedRecipes.Names)
        {
            RecipeReader.Read(ShippedRecipes.Find(name)!, name).Files.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task Recipe_ThatIsNowhere_NamesTheShippedOnes()
    {
        ConsoleRun run = await ConsoleRun.Of("import", _folder.FullName, "--recipe", "hubspot", "--store", Store);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("hubspot-contacts, marketo-activities, salesforce");
    }

    private static AttributeValue Value(LeadHistory lead, string name) => lead.Attributes.Last(row => row.Name == name).Value;

    private static (int, int, int, int) Counts(JsonElement report)
    {
        int Added(string kind) => report.GetProperty("rows").GetProperty(kind).GetProperty("added").GetInt32();
        return (Added("leads"), Added("attributes"), Added("touches"), Added("transitions"));
    }

    private async Task<JsonElement> ImportAsync(string folder, string recipe, params string[] options)
    {
        string exports = SharedFiles.Repository("tests", "LeadPredict.Training.Tests", "Import", "Exports", folder);
        ConsoleRun run = await ConsoleRun.Of(["import", exports, "--recipe", recipe, "--store", Store, "--json", .. options]);
        run.ExitCode.ShouldBe(0, run.Error);
        return JsonSerializer.Deserialize<JsonElement>(run.Out);
    }

    private async Task<LeadHistory> LeadAsync(string id)
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync(Store, create: false);
        return (await store.FindAccountOfLeadAsync(id))!.Leads.Single(lead => lead.Lead.Id == id);
    }
}
