namespace LeadPredict.Training.Tests.Import;

/// <summary>What one should know of an import though nothing of it is wrong.</summary>
public sealed class ImportNotesTests : IDisposable
{
    private const string Leads = "Id,CreatedDate\n00Q5e00001AbCdEEAV,2024-03-01T00:00:00.000Z\n";

    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FilesThatFitNothingAndThoseThatAreNotThere_AreNamed()
    {
        ConsoleRun run = await _folder.With("Lead.csv", Leads).With("Lead-2.CSV", Leads).With("LeadHistory (1).csv", "a\n").With("notes.txt", "x")
            .ImportAsync("--recipe", "salesforce", "--json");

        string[] notes = Notes(run);
        notes.ShouldContain("not read, since they fit no file of the shipped recipe salesforce: Lead-2.CSV, LeadHistory (1).csv");
        notes.ShouldContain("not there, and done without: LeadHistory.csv, OpportunityHistory.csv, Opportunity.csv");
        notes.ShouldAllBe(note => run.Error.Contains(note, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OneFileOfAFolder_SaysNothingOfTheOthers()
    {
        _folder.With("Lead.csv", Leads).With("Lead-2.csv", Leads);

        ConsoleRun run = await ConsoleRun.Of("import", Path.Combine(_folder.Files, "Lead.csv"), "--recipe", "salesforce", "--store", _folder.Store, "--json");

        Notes(run).ShouldBeEmpty();
    }

    [Fact]
    public async Task Funnel_OfAnotherRecipe_IsToldWhenItIsReplaced()
    {
        _folder.With("Lead.csv", Leads).With("recipe.yaml", "funnel: { steps: [MQL, SQL, Won] }\nfiles:\n  - { file: Lead.csv, lead: { id: Id, createdAt: CreatedDate } }\n");

        string[] first = Notes(await _folder.ImportAsync("--json"));
        string[] second = Notes(await _folder.ImportAsync("--json", "--recipe", "salesforce"));
        string[] again = Notes(await _folder.ImportAsync("--json", "--recipe", "salesforce"));

        const string told = "the funnel was MarketingQualified to SalesQualified within 90 days, SalesQualified to Won within 180 days;"
            + " it is now Lead to SalesQualified within 90 days, SalesQualified to Won within 180 days";
        first.ShouldBeEmpty();
        second.ShouldContain(told);
        again.ShouldNotContain(note => note.StartsWith("the funnel was", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MarketoActivitiesOfLeads_AreNoFileOfLeads()
    {
        ConsoleRun run = await _folder
            .With("lead_activities.csv", "marketoGUID,leadId,activityDate,activityTypeId,primaryAttributeValue,attributes\n1,6,2024-03-12T09:14:00Z,12,ada,\"{\"\"Source Type\"\": \"\"Web\"\"}\"\n")
            .ImportAsync("--recipe", "marketo-activities");

        run.ExitCode.ShouldBe(0, run.Error);
        (await _folder.LeadsAsync()).ShouldHaveSingleItem().Lead.Source.ShouldBe("Web");
    }

    [Fact]
    public async Task Time_OfAnotherForm_IsToldWhereItsFormIsNamed()
    {
        ConsoleRun run = await _folder.With("Lead.csv", Leads + "00Q2,31/12/2024\n").ImportAsync("--recipe", "salesforce");

        run.Error.ShouldContain("'31/12/2024' is no time; expected a time such as 2025-01-31");
        run.Error.ShouldContain("its form under 'times' in the format of a recipe, of a shipped one in a copy");
    }

    [Theory]
    [InlineData("employees,zip", "")]
    [InlineData("Employees", "changes*.csv: 'types' says 'zip', which no change is called")]
    [InlineData("", "changes*.csv: 'types' says 'employees', 'zip', which no change is called")]
    public async Task TypeOfANameThatNoChangeHas_IsToldOnceForAllFilesOfThePattern(string names, string note)
    {
        string[] rows = [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Append("city").Select(name => $"1,{name},7,2025-02-01\n")];
        for (int i = 0; i < rows.Length; i++)
        {
            _folder.With($"changes{i}.csv", "id,name,value,at\n" + rows[i]);
        }

        ConsoleRun run = await _folder.With("leads.csv", "id,at\n1,2025-01-01\n").With(
            "recipe.yaml",
            """
            files:
              - { file: leads.csv, lead: { id: id, createdAt: at } }
              - file: changes*.csv
                leadId: id
                changes: { name: { column: name }, value: value, types: { employees: number, zip: text }, at: at }
            """).ImportAsync("--json");

        Notes(run).ShouldBe(note.Length == 0 ? [] : [note]);
    }

    [Fact]
    public async Task TypesOfAShippedRecipe_SayNothingOfNamesThatAnExportLacks()
    {
        ConsoleRun run = await _folder.With("Lead.csv", Leads)
            .With("LeadHistory.csv", "Id,LeadId,Field,OldValue,NewValue,CreatedDate\n017A,00Q5e00001AbCdEEAV,Title,,CTO,2024-03-02T00:00:00.000Z\n")
            .ImportAsync("--recipe", "salesforce", "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        Notes(run).ShouldAllBe(note => !note.Contains("'types'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DealsWithoutAMoveThatSaysSo_AreCounted()
    {
        ConsoleRun run = await DealsAsync("open,true,100\nlost,false,\nmoved,true,5\n");

        string[] notes = Notes(run);
        notes.Length.ShouldBe(2);
        notes[0].ShouldStartWith("Leads with a won deal and no move to Won: 1. They are in the revenue, but their moves alone tell what they are");
        notes[0].ShouldEndWith("Give their transitions to Won too.");
        notes[1].ShouldStartWith("Leads with a lost deal alone and no move to Lost: 1. They count as open");
        notes.ShouldAllBe(note => run.Error.Contains(note, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WonDealOfANegativeAmount_IsKeptAndTold()
    {
        ConsoleRun run = await DealsAsync("moved,true,-100\n");

        Notes(run).ShouldBe(["Won deals with a negative amount: 1, the first of them of lead 'moved'. They are kept and lower the revenue, as refunds do."]);
        (await _folder.LeadsAsync()).SelectMany(lead => lead.Outcomes).ShouldHaveSingleItem().Amount.ShouldBe(-100);
    }

    private Task<ConsoleRun> DealsAsync(string deals) => _folder
        .With("leads.csv", "id,at,won\nopen,2025-01-01,\nlost,2025-01-01,\nmoved,2025-01-01,2025-02-01\n")
        .With("deals.csv", "lead,won,amount,at\n" + deals.Replace("\n", ",2025-02-01\n", StringComparison.Ordinal))
        .With(
            "recipe.yaml",
            """
            files:
              - file: leads.csv
                lead: { id: id, createdAt: at }
                transitions: { stage: Won, at: { column: won } }
              - file: deals.csv
                leadId: lead
                outcomes: { won: { column: won }, at: at, amount: amount, currency: EUR }
            """)
        .ImportAsync("--json");

    private static string[] Notes(ConsoleRun run)
    {
        run.ExitCode.ShouldBe(0, run.Error);
        return [.. run.Json.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!)];
    }
}
