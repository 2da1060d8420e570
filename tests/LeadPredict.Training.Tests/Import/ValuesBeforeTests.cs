namespace LeadPredict.Training.Tests.Import;

/// <summary>Fields of which a history tells when they changed: what a lead's row says of them holds from then on, not from the lead's creation.</summary>
public sealed class ValuesBeforeTests : IDisposable
{
    private const string Created = "2024-01-02T10:00:00.000+0000";
    private const string History = "Id,LeadId,Field,OldValue,NewValue,CreatedDate\n";
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("h1,00Q1,Industry,,Banking,2024-02-20", "2024-02-20 Banking")]
    [InlineData("h1,00Q1,Industry,Chemicals,Banking,2024-02-20", "2024-01-02 Chemicals", "2024-02-20 Banking")]
    [InlineData("h2,00Q1,Industry,Retail,Banking,2024-02-20\nh1,00Q1,Industry,Chemicals,Retail,2024-02-01", "2024-01-02 Chemicals", "2024-02-01 Retail", "2024-02-20 Banking")]
    [InlineData($"h1,00Q1,Industry,Chemicals,Banking,{Created}", "2024-01-02 Banking")]
    [InlineData("h1,00Q1,Title,,CTO,2024-02-20\nh2,00Q2,Industry,,Banking,2024-02-20", "2024-01-02 Banking")]
    public async Task LeadRow_OfAFieldThatChanged_SaysWhatItWasBefore(string changes, params string[] told)
    {
        await ImportAsync("Industry", "Banking", History + changes + "\n");
        await ImportAsync("Industry", "Banking", History + changes + "\n");

        (await ToldAsync("industry")).ShouldBe(told);
    }

    [Fact]
    public async Task LeadRow_OfAFieldThatWasCleared_SaysWhatItWasBefore()
    {
        await ImportAsync("No. of Employees", "", History + "h1,00Q1,No. of Employees,\"1,200\",,2024-02-20\n");

        (await ToldAsync("employees")).ShouldBe(["2024-01-02 1200", "2024-02-20 "]);
    }

    [Fact]
    public async Task LeadRow_OfAFieldWhoseHistoryDoesNotSayWhatItWas_TellsNothingOfItsCreation()
    {
        await ImportAsync("Industry", "Banking", "Id,LeadId,Field,NewValue,CreatedDate\nh1,00Q1,Industry,Banking,2024-02-20\n");

        (await ToldAsync("industry")).ShouldBe(["2024-02-20 Banking"]);
    }

    [Fact]
    public async Task ValueBefore_ThatIsNoneOfItsType_IsRejectedInItsWords()
    {
        ConsoleRun run = await ImportAsync("NumberOfEmployees", "50", History + "h1,00Q1,NumberOfEmployees,some,50,2024-02-20\n");

        run.Error.ShouldContain("Lead.csv, line 2, column 'NumberOfEmployees': 'some'");
        (await ToldAsync("employees")).ShouldBe(["2024-02-20 50"]);
    }

    [Fact]
    public async Task MarketoLead_OfAFieldThatChanged_SaysWhatItWasBefore()
    {
        _folder.With("leads.csv", "id,createdAt,title\n00Q1,2024-01-02,Director\n")
            .With(
                "activities.csv",
                """
                marketoGUID,leadId,activityDate,activityTypeId,primaryAttributeValue,attributes
                1,00Q1,2024-02-20T08:00:00Z,13,Job Title,"{""New Value"":""Director"",""Old Value"":""Manager""}"

                """);

        (await _folder.ImportAsync("--recipe", "marketo-activities")).ExitCode.ShouldBe(0);

        (await ToldAsync("jobTitle")).ShouldBe(["2024-01-02 Manager", "2024-02-20 Director"]);
    }

    /// <summary>00Q1 is a@x and b@x too, but not 00Q2, which is a lead, nor c@x, as 00Q3 was called before.</summary>
    [Theory]
    [InlineData("a@x,2024-03-01,industry,software,retail", "2024-01-02 software", "2024-03-01 retail")]
    [InlineData("a@x,2024-03-01,industry,software,retail\n00Q1,2024-02-01,industry,mining,software", "2024-01-02 mining", "2024-02-01 software", "2024-03-01 retail")]
    [InlineData("00Q1,2024-03-01,industry,software,retail\na@x,2024-02-01,industry,mining,software", "2024-01-02 mining", "2024-02-01 software", "2024-03-01 retail")]
    [InlineData("00Q2,2024-03-01,industry,software,retail", "2024-01-02 retail")]
    [InlineData("b@x,2024-03-01,industry,software,retail", "2024-01-02 software", "2024-03-01 retail")]
    [InlineData("c@x,2024-03-01,industry,software,retail", "2024-01-02 retail")]
    public async Task LeadRow_OfAFieldThatChangedUnderAnotherName_SaysWhatItWasBefore(string changes, params string[] told)
    {
        _folder.With("leads.csv", "id,at,industry,mail,other\n00Q3,2024-01-02,retail,c@x,\n00Q1,2024-01-02,retail,a@x,00Q2\n00Q2,2024-01-02,retail,,\n00Q4,2024-01-02,retail,a@x,\n")
            .With("more.csv", "id,at,industry,mail,other\n00Q1,2024-01-02,retail,c@x,b@x\n")
            .With("changes.csv", $"lead,at,field,old,new\n{changes}\n")
            .With(
                "recipe.yaml",
                """
                files:
                  - { file: leads.csv, lead: { id: id, createdAt: at, aliases: [mail, other] }, attributes: { industry: industry } }
                  - { file: more.csv, lead: { id: id, createdAt: at, aliases: [mail, other] }, attributes: { industry: industry } }
                  - { file: changes.csv, leadId: lead, changes: { name: { column: field }, value: new, was: old, at: at } }
                """);

        (await _folder.ImportAsync()).ExitCode.ShouldBe(0);

        (await ToldAsync("industry")).ShouldBe(told);
    }

    private async Task<string[]> ToldAsync(string name) =>
        [.. (await _folder.LeadsAsync()).Single(lead => lead.Lead.Id == "00Q1").Attributes.Where(change => change.Name == name).Select(change => $"{change.OccurredAt:yyyy-MM-dd} {change.Value}")];

    private async Task<ConsoleRun> ImportAsync(string field, string value, string history)
    {
        ConsoleRun run = await _folder.With("Lead.csv", $"Id,CreatedDate,{field}\n00Q1,{Created},{value}\n00Q2,{Created},\n").With("LeadHistory.csv", history).ImportAsync("--recipe", "salesforce");
        run.ExitCode.ShouldBe(0, run.Error);
        return run;
    }
}
