using LeadPredict.Funnel.Leads;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Tests.Import;

/// <summary>Identifiers and names without a character, which no store keeps.</summary>
public sealed class EmptyNameTests : IDisposable
{
    private const string Leads = "  - file: leads.csv\n    lead: { id: id, createdAt: at, account: { column: company, map: { none: \"\" } } }\n";
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("leadId: lead\n    touches: { type: { column: kind, map: { visit: '' } }, at: at }", "column 'kind': 'visit' is missing")]
    [InlineData("leadId: lead\n    touches: { type: { column: kind, map: { visit: ' ' } }, at: at }", "column 'kind': 'visit' is missing")]
    [InlineData("leadId: lead\n    changes: { name: { column: kind, map: { visit: '' } }, value: lead, at: at }", "column 'kind': 'visit' is missing")]
    [InlineData("leadId: { column: lead, map: { '1': '' } }\n    touches: { type: { column: kind }, at: at }", "column 'lead': '1' is missing")]
    [InlineData("leadId: lead\n    touches: { type: { column: json, json: t }, at: at }", "column 'json.t': '{\"t\":\"\\u0000\"}' is missing")]
    [InlineData("leadId: lead\n    touches: { type: { value: '' }, at: at, when: { column: kind, is: visit } }", "'' is empty")]
    public async Task Import_WordThatMeansNothing_IsMissing(string rows, string reject)
    {
        ConsoleRun run = await ImportAsync("  - file: rows.csv\n    " + rows + "\n");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("rejected: rows.csv, line 2");
        run.Error.ShouldContain(reject);
        (await _folder.LeadsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Import_EventWhoseIdentifierMeansNothing_GetsOneFromItsContent()
    {
        ConsoleRun run = await ImportAsync("  - file: rows.csv\n    leadId: lead\n    touches: { id: { column: kind, map: { visit: '' } }, type: { column: kind }, at: at }\n");

        run.ExitCode.ShouldBe(0, run.Error);
        List<LeadHistory> leads = await _folder.LeadsAsync();
        leads.Sum(lead => lead.Touches.Count).ShouldBe(2);
        leads.ShouldAllBe(lead => lead.Lead.AccountId == null);
    }

    [Theory]
    [InlineData("attributes: { '': title }", "line 4, column 19: an attribute has no name; expected a word")]
    [InlineData("attributes: { ' ': title }", "line 4, column 19: an attribute has no name")]
    [InlineData("changes: { name: ' ', value: title, at: at }", "line 4, column 22: an attribute has no name")]
    [InlineData("changes: { name: { value: '' }, value: title, at: at }", "line 4, column 31: an attribute has no name")]
    public void Read_AttributeWithoutAName_IsRefused(string attributes, string message) => Should.Throw<RecipeException>(
        () => RecipeReader.Read("files:\n  - file: a.csv\n    lead: { id: id, createdAt: at }\n    " + attributes + "\n", "r.yaml")).Message.ShouldContain(message);

    [Theory]
    [InlineData("source: { column: source, map: { bad: \"b\\0d\" } }", "line 2, column 93: has a NUL character at position 1; expected text that every store keeps")]
    [InlineData("source: { column: source, map: { \"\\0\": web } }", "line 2, column 88: has a NUL character at position 0")]
    public async Task Import_RecipeWithTextThatNoStoreKeeps_IsRefusedBeforeARowIsWritten(string source, string message)
    {
        ConsoleRun run = await _folder.With("recipe.yaml", $"files:\n  - {{ file: leads.csv, lead: {{ id: id, createdAt: at, {source} }} }}\n").With("leads.csv", "id,at,source\n1,2025-01-01,bad\n").ImportAsync();

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(message);
    }

    private Task<ConsoleRun> ImportAsync(string rows) => _folder.With("recipe.yaml", "files:\n" + Leads + rows)
        .With("leads.csv", "id,at,company\n1,2025-01-01,none\n2,2025-01-01,none\n")
        .With("rows.csv", "lead,at,kind,json\n1,2025-01-02,visit,\"{\"\"t\"\":\"\"\\u0000\"\"}\"\n2,2025-01-02,call,\"{\"\"t\"\":\"\"x\"\"}\"\n").ImportAsync();
}
