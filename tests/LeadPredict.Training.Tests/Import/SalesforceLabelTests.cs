using System.Text.Json.Nodes;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;
using YamlDotNet.RepresentationModel;

namespace LeadPredict.Training.Tests.Import;

/// <summary>Fields by the names that the API, and by those that reports give them.</summary>
public sealed class SalesforceLabelTests : IDisposable
{
    private const string Lead = "00Q5e00001AbCdEEAV";
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Every field that the mapping of deliveries names means the same in an export.</summary>
    [Fact]
    public async Task FieldsOfTheIngestMapping_ImportedOrSent_AreAlike()
    {
        string[] fields = Mapped("salesforce");
        using var sent = new ImportFolder();
        var records = new JsonArray(new JsonObject
        {
            ["attributes"] = new JsonObject { ["type"] = "Lead" },
            ["Id"] = Lead,
            ["CreatedDate"] = "2025-01-01T00:00:00Z",
        });
        foreach (string field in fields)
        {
            records.Add(new JsonObject
            {
                ["attributes"] = new JsonObject { ["type"] = "LeadHistory" },
                ["Id"] = "017" + records.Count,
                ["LeadId"] = Lead,
                ["Field"] = field,
                ["NewValue"] = $"{41 + records.Count}",
                ["CreatedDate"] = "2025-01-02T00:00:00Z",
            });
        }

        await sent.SendAsync("salesforce", records.ToJsonString());
        await ImportAsync($"Id,CreatedDate\n{Lead},2025-01-01\n", Changes(fields));

        (await ShownAsync(_folder)).ShouldBe(await ShownAsync(sent));
        (await ShownAsync(_folder)).Length.ShouldBe(11);
    }

    [Theory]
    [InlineData("jobTitle", "Title")]
    [InlineData("company", "Company", "Company / Account")]
    [InlineData("industry", "Industry")]
    [InlineData("country", "Country")]
    [InlineData("email", "Email")]
    [InlineData("phone", "Phone")]
    [InlineData("firstName", "FirstName", "First Name")]
    [InlineData("lastName", "LastName", "Last Name")]
    [InlineData("rating", "Rating")]
    [InlineData("employees", "NumberOfEmployees", "No. of Employees", "Employees")]
    [InlineData("annualRevenue", "AnnualRevenue", "Annual Revenue")]
    [InlineData("LeadSource", "LeadSource", "Lead Source")]
    public async Task ChangedField_ByItsNameOrItsLabel_IsTheAttribute(string attribute, params string[] names)
    {
        await ImportAsync($"Id,CreatedDate\n{Lead},2025-01-01\n", Changes(names));

        AttributeChange[] changes = await AttributesAsync(_folder);
        changes.Length.ShouldBe(names.Length);
        changes.ShouldAllBe(change => change.Name == attribute);
    }

    [Fact]
    public async Task ChangedField_ThatIsNoFeature_IsLeftOutByItsLabelToo()
    {
        await ImportAsync($"Id,CreatedDate\n{Lead},2025-01-01\n", Changes(
            "Created.", "Lead Owner", "Owner ID", "Converted Date", "Converted Opportunity ID", "Converted Account ID", "Converted Contact ID", "Deleted", "Master Record ID", "Last Modified Date",
            "Last Modified By ID", "System Modstamp", "Last Activity", "Last Activity Date", "Last Viewed Date", "Last Referenced Date", "Photo URL", "Title"));

        (await AttributesAsync(_folder)).ShouldHaveSingleItem().Name.ShouldBe("jobTitle");
    }

    [Fact]
    public async Task LeadRow_ItsPhone_IsKeptAsWhatItIsWrittenAs()
    {
        await ImportAsync($"Lead ID,Created Date,Phone\n{Lead},2025-01-01,0123\n", "LeadId,Field,NewValue,CreatedDate\n");

        AttributeChange phone = (await AttributesAsync(_folder)).ShouldHaveSingleItem();
        (phone.Name, phone.Value).ShouldBe(("phone", AttributeValue.Of("0123")));
    }

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

    private static string[] Mapped(string source)
    {
        var mapping = new YamlStream();
        mapping.Load(new StringReader(File.ReadAllText(SharedFiles.Repository("src", "LeadPredict.Api", "Ingest", "Mapping", "default-ingest-mapping.yaml"))));
        return [.. ((YamlMappingNode)mapping.Documents[0].RootNode[source]["attributes"]).Children.Keys.Select(key => ((YamlScalarNode)key).Value!)];
    }

    private static string Changes(params string[] fields) =>
        "LeadId,Field,NewValue,CreatedDate\n" + string.Concat(fields.Select((field, i) => $"{Lead},{field},{42 + i},2025-01-02\n"));

    private static async Task<AttributeChange[]> AttributesAsync(ImportFolder folder) => [.. (await folder.LeadsAsync()).ShouldHaveSingleItem().Attributes];

    private static async Task<string[]> ShownAsync(ImportFolder folder) =>
        [.. (await AttributesAsync(folder)).Select(change => $"{change.Name}: {change.Value.Kind} {change.Value} at {change.OccurredAt:O}").Order(StringComparer.Ordinal)];

    private async Task ImportAsync(string leads, string changes)
    {
        ConsoleRun run = await _folder.With("Lead.csv", leads).With("LeadHistory.csv", changes).ImportAsync("--recipe", "salesforce");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("0 values or records rejected");
    }
}
