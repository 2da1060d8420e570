using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Tests.Import;

/// <summary>Since when a lead is of its account.</summary>
public sealed class AccountTimeTests : IDisposable
{
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Account_WithItsTime_IsKnownFromThenOn_AndWithoutItIsLeftOut()
    {
        ConsoleRun run = await ImportAsync(
            "{ column: Company, knownAt: Assigned }", "a,2025-01-01,Acme,2025-02-01", "b,2025-01-01,Acme,2025-01-01", "c,2025-01-01,Acme,", "d,2025-01-01,,2025-02-01", "e,2025-01-01,Acme,soon");

        run.Error.ShouldContain("leads.csv: 1 values are left out");
        run.Error.ShouldContain("leads.csv, line 6, column 'Assigned': 'soon' is no time");
        (await LeadsAsync()).Select(lead => (lead.AccountId, lead.AccountKnownAt?.Day, lead.AccountKnownAt?.Month)).ShouldBe(
            [("Acme", 1, 2), ("Acme", null, null), (null, null, null), (null, null, null), (null, null, null)]);
    }

    [Fact]
    public async Task Account_WithoutATimeOfItsOwn_IsKnownAsLongAsTheLead()
    {
        await ImportAsync("Company", "a,2025-01-01,Acme,2025-02-01");

        (await LeadsAsync()).ShouldHaveSingleItem().AccountKnownAt.ShouldBeNull();
    }

    private async Task<Lead[]> LeadsAsync() => [.. (await _folder.LeadsAsync()).Select(lead => lead.Lead).OrderBy(lead => lead.Id, StringComparer.Ordinal)];

    private Task<ConsoleRun> ImportAsync(string account, params string[] rows)
    {
        _folder.With("recipe.yaml", $$"""
            files:
              - file: leads.csv
                lead: { id: Id, createdAt: Created, account: {{account}} }
            """).With("leads.csv", "Id,Created,Company,Assigned\n" + string.Join('\n', rows) + "\n");
        return _folder.ImportAsync();
    }
}
