using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Merges;

namespace LeadPredict.Training.Tests.Import;

/// <summary>What exports of Salesforce hold beside living leads of 18 characters: deleted and merged records, and identifiers of reports.</summary>
public sealed class SalesforceExportTests : IDisposable
{
    private const string All =
        """
        Id,IsDeleted,MasterRecordId,CreatedDate,LastModifiedDate
        00Q5e00001AbCdHEAV,TRUE,00Q5e00001AbCdF,2024-03-13T09:14:00.000Z,2024-06-01T00:00:00.000Z
        00Q5e00001AbCdFEAV,false,,2024-03-11T09:14:00.000Z,2024-06-01T00:00:00.000Z
        00Q5e00001AbCdGEAV,true,,2024-03-12T09:14:00.000Z,2024-06-02T00:00:00.000Z

        """;

    private const string Sent =
        """
        [{ "attributes": { "type": "Lead" }, "Id": "00Q5e00001AbCdFEAV", "IsDeleted": false, "CreatedDate": "2024-03-11T09:14:00.000Z", "LastModifiedDate": "2024-06-01T00:00:00.000Z" },
         { "attributes": { "type": "Lead" }, "Id": "00Q5e00001AbCdGEAV", "IsDeleted": true, "CreatedDate": "2024-03-12T09:14:00.000Z", "LastModifiedDate": "2024-06-02T00:00:00.000Z" },
         { "attributes": { "type": "Lead" }, "Id": "00Q5e00001AbCdHEAV", "IsDeleted": true, "MasterRecordId": "00Q5e00001AbCdFEAV", "CreatedDate": "2024-03-13T09:14:00.000Z", "LastModifiedDate": "2024-06-01T00:00:00.000Z" }]
        """;

    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DeletedAndMergedLeads_ImportedOrSent_AreAlike()
    {
        using var sent = new ImportFolder();
        await sent.SendAsync("salesforce", Sent);
        string told = await ShownAsync(sent);

        await ImportAsync(("Lead.csv", All));
        string imported = await ShownAsync(_folder);
        await ImportAsync(("Lead.csv", All));
        await _folder.SendAsync("salesforce", Sent);

        imported.ShouldBe(told);
        (await ShownAsync(_folder)).ShouldBe(told);
        LeadHistory deleted = (await _folder.LeadsAsync()).Single(lead => lead.Lead.Id == "00Q5e00001AbCdGEAV");
        deleted.Transitions.ShouldHaveSingleItem().To.ShouldBe(Stage.Disqualified);
    }

    [Fact]
    public async Task DeletedLead_WithoutTheTimeOfIt_IsKeptAndTheDeletionRejected()
    {
        ConsoleRun run = await ImportAsync(("Lead.csv", "Id,IsDeleted,CreatedDate\n00Q1,true,2024-03-12T09:14:00.000Z\n"));

        run.Error.ShouldContain("column 'LastModifiedDate': '' is missing, so that what happened cannot be dated");
        (await _folder.LeadsAsync()).ShouldHaveSingleItem().Transitions.ShouldBeEmpty();
    }

    /// <summary>The record that it was merged into need not be in the export: its history is the lead's.</summary>
    [Fact]
    public async Task LeadMergedIntoOneThatIsNotExported_HasTheHistoryOfBoth()
    {
        (string, string)[] export =
        [
            ("Lead.csv", "Id,IsDeleted,MasterRecordId,CreatedDate\n00Q1,true,00Q2,2024-03-12T09:14:00.000Z\n"),
            ("LeadHistory.csv", "Id,LeadId,Field,NewValue,CreatedDate\nh1,00Q1,Industry,Banking,2024-03-13T10:00:00.000Z\nh2,00Q2,Title,CTO,2024-03-14T10:00:00.000Z\n"),
        ];

        ConsoleRun run = await ImportAsync(export);
        run.Out.ShouldContain("0 values or records rejected");
        run.Error.ShouldContain("leads that are part of others from now on: 1");
        string once = await ShownAsync(_folder);
        (await ImportAsync(export)).Error.ShouldNotContain("from now on");

        (await _folder.LeadsAsync()).ShouldHaveSingleItem().Attributes.Count.ShouldBe(2);
        (await ShownAsync(_folder)).ShouldBe(once);
    }

    [Fact]
    public async Task DeletedOpportunities_TellNothing()
    {
        await ImportAsync(
            ("Lead.csv", "Id,IsDeleted,CreatedDate,ConvertedOpportunityId\n00Q1,false,2024-01-01T00:00:00Z,0061\n"),
            ("Opportunity.csv", "Id,IsDeleted,StageName,CloseDate,CreatedDate,Amount\n0061,TRUE,Closed Won,2024-03-01,2024-02-01T00:00:00Z,5000\n"),
            ("OpportunityHistory.csv", "Id,OpportunityId,IsDeleted,StageName,CreatedDate,Amount\n0081,0061,true,Closed Won,2024-03-01T10:00:00Z,5000\n"));

        LeadHistory lead = (await _folder.LeadsAsync()).ShouldHaveSingleItem();
        lead.Outcomes.ShouldBeEmpty();
        lead.Transitions.ShouldBeEmpty();
    }

    [Fact]
    public async Task TwoChangesOfAFieldAtOneInstant_AreBothKeptAndTheLastCounts()
    {
        (string, string)[] export =
        [
            ("Lead.csv", "Id,CreatedDate\n00Q1,2024-03-12T09:14:00.000Z\n"),
            ("LeadHistory.csv", "Id,LeadId,Field,OldValue,NewValue,CreatedDate\nh1,00Q1,Industry,,Banking,2024-03-13T10:00:00.000Z\nh2,00Q1,Industry,Banking,Chemicals,2024-03-13T10:00:00.000Z\n"),
        ];
        await ImportAsync(export);
        await ImportAsync(export);

        (await _folder.LeadsAsync()).Single().Attributes.Select(change => change.Value.ToString()).ShouldBe(["Banking", "Chemicals"]);
    }

    [Fact]
    public async Task IdentifiersRoundedByASpreadsheet_AreRejectedAsTheyWouldBeOneLead()
    {
        ConsoleRun run = await ImportAsync(("Lead.csv", "Id,CreatedDate\n6.51234E+10,2024-03-12T09:14:00.000Z\n6.51234E+10,2024-03-13T09:14:00.000Z\n00Q1,2024-03-13T09:14:00.000Z\n"));

        run.Error.ShouldContain("column 'Id': '6.51234E+10' is an identifier that a spreadsheet rounded");
        (await _folder.LeadsAsync()).ShouldHaveSingleItem().Lead.Id.ShouldBe("00Q1");
    }

    /// <summary>What has the identifier of another event is taken for the same event told again; what has that of another company, for the same company.</summary>
    [Fact]
    public async Task IdentifiersOfEventsAndAccountsRoundedByASpreadsheet_AreRejected()
    {
        _folder.With("leads.csv", "id,at,company,mail\n1,2025-01-01,1.23457E+11,9.8E+10\n2,2025-01-01,\"1,23457E+11\",\n")
            .With("touches.csv", "id,lead,at,page\n1.23457E+11,1,2025-02-01,a\n1.23457E+11,1,2025-02-02,b\n1.23457E+11,2,2025-02-03,c\nt4,2,2025-02-04,d\n")
            .With(
                "recipe.yaml",
                """
                files:
                  - { file: leads.csv, lead: { id: id, createdAt: at, account: company, aliases: [mail] }, account: { id: company } }
                  - { file: touches.csv, leadId: lead, touches: { id: { column: id, prefix: crm- }, type: page_view, at: at, properties: { page: page } } }
                """);

        ConsoleRun run = await _folder.ImportAsync();

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("8 values or records rejected");
        run.Error.ShouldContain("touches.csv, line 3, column 'id': '1.23457E+11' is an identifier that a spreadsheet rounded");
        List<LeadHistory> leads = await _folder.LeadsAsync();
        leads.Select(lead => lead.Lead.AccountId).ShouldBe([null, null]);
        leads.SelectMany(lead => lead.Touches).ShouldHaveSingleItem().Id.ShouldBe("crm-t4");
    }

    [Fact]
    public async Task IdentifiersOf15And18Characters_InOneExport_AreOne()
    {
        ConsoleRun run = await ImportAsync(
            ("Lead.csv", "Lead ID,Create Date,ConvertedOpportunityId\n00Q5e00001AbCdE,2024-03-01T00:00:00Z,0065e00000XyZa1\n"),
            ("LeadHistory.csv", "Id,LeadId,CreatedDate,Field,NewValue\n0171,00Q5e00001AbCdEEAV,2024-03-02T10:00:00.000Z,Status,Qualified\n"),
            ("OpportunityHistory.csv", "Id,OpportunityId,CreatedDate,StageName,Amount\n0081,0065e00000XyZa1AAF,2024-05-01T10:00:00.000Z,Closed Won,1200\n"));

        run.Out.ShouldContain("0 values or records rejected");
        LeadHistory lead = (await _folder.LeadsAsync()).ShouldHaveSingleItem();
        lead.Lead.Id.ShouldBe("00Q5e00001AbCdEEAV");
        lead.Transitions.Select(row => row.To).ShouldBe([Stage.SalesQualified, Stage.Won]);
        lead.Outcomes.ShouldHaveSingleItem().Id.ShouldBe("salesforce-0065e00000XyZa1AAF-won");
    }

    [Theory]
    [InlineData("00Q5e00001AbCdE", "00Q5e00001AbCdEEAV")]
    [InlineData("00Q5e00001AbCdEEAV", "00Q5e00001AbCdE")]
    [InlineData("{1D3F-}", null)]
    [InlineData("9f8a1c4e-7b2d-4e6f-8a1b-2c3d4e5f6a7b", "{9F8A1C4E-7B2D-4E6F-8A1B-2C3D4E5F6A7B}")]
    [InlineData("9F8A1C4E-7B2D-4E6F-8A1B-2C3D4E5F6A7B", "9f8a1c4e-7b2d-4e6f-8a1b-2c3d4e5f6a7b")]
    public async Task UnknownLead_WhoseIdentifierIsWrittenOtherwise_IsToldWhich(string written, string? there)
    {
        ConsoleRun run = await _folder.With("recipe.yaml", "files:\n  - { file: leads.csv, lead: { id: id, createdAt: at } }\n  - { file: calls.csv, leadId: lead, touches: { type: call, at: at } }\n")
            .With("leads.csv", $"id,at\n{there ?? "other"},2025-01-01\nknown,2025-01-01\n")
            .With("calls.csv", $"lead,at\n{written},2025-01-02\nknown,2025-01-02\n")
            .ImportAsync();

        run.Error.ShouldContain(there is null
            ? $"'{written}' is a lead that no file made, or that a condition (when) left out; list the file with the leads first"
            : $"'{written}' is a lead that no file made, but '{there}' is one; identifiers must be written alike");
    }

    private static async Task<string> ShownAsync(ImportFolder folder)
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync(folder.Store, create: false);
        IReadOnlyList<Merge> merges = await MergeStores.Of(store).ListAsync();
        return string.Join('\n', [
            .. (await folder.LeadsAsync()).OrderBy(lead => lead.Lead.Id, StringComparer.Ordinal)
                .Select(lead => $"{lead.Lead} {string.Join(", ", lead.Transitions.Select(row => row.ToString()))}"),
            .. merges.Select(merge => $"{merge.Kind} {merge.Kept} {merge.Merged} {merge.Reason}"),
        ]);
    }

    private async Task<ConsoleRun> ImportAsync(params (string Name, string Text)[] files)
    {
        foreach ((string name, string text) in files)
        {
            _folder.With(name, text);
        }

        ConsoleRun run = await _folder.ImportAsync("--recipe", "salesforce");
        run.ExitCode.ShouldBe(0, run.Error);
        return run;
    }
}
