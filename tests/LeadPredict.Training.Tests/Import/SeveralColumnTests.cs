using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Training.Tests.Import;

/// <summary>Values that are told in one of several columns, or in two of them together.</summary>
public sealed class SeveralColumnTests : IDisposable
{
    private const string Recipe = """
        files:
          - file: leads.csv
            lead: { id: { column: Id, prefix: "p-", else: { column: Old Id, prefix: "old-" } }, createdAt: { column: Date, then: Time, else: Seen } }
            attributes: { phone: { column: Mobile, else: { column: Phone, else: { value: none } } } }
            transitions: { stage: { column: Stage, map: { new: ~ }, else: Lead }, at: { column: Moved, then: { column: Hour, optional: true } }, when: { column: Moved, present: true } }
            outcomes: { won: "true", at: Moved, amount: Amount, currency: { column: Currency, else: EUR }, when: { column: Amount, present: true } }
        """;

    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Else_IsTakenInRowsThatLackTheValue_AndThenIsPutBehindIt()
    {
        ConsoleRun run = await ImportAsync(
            "1,,2025-01-02,09:30,,555,556,mql,2025-02-01,7,USD",
            ",2,,10:00,2025-03-04,NULL,556,new,2025-04-01,8,",
            "3,,2025-01-05,,2025-03-04,,,,,,");

        run.Out.ShouldContain("0 values or records rejected");
        List<LeadHistory> leads = [.. (await _folder.LeadsAsync()).OrderBy(lead => lead.Lead.Id, StringComparer.Ordinal)];
        leads.Select(lead => (lead.Lead.Id, lead.Lead.CreatedAt)).ShouldBe([("old-2", At(3, 4)), ("p-1", At(1, 2).AddHours(9.5)), ("p-3", At(1, 5))]);
        leads.Select(lead => lead.Attributes.Single().Value.Text).ShouldBe(["556", "555", "none"]);
        leads.SelectMany(lead => lead.Transitions).Select(row => row.To).ShouldBe([Stage.Lead, Stage.MarketingQualified]);
        leads.SelectMany(lead => lead.Outcomes).Select(row => row.Currency).ShouldBe(["EUR", "USD"]);
    }

    /// <summary>What is told is the column that the value was taken from.</summary>
    [Fact]
    public async Task WhatDoesNotFit_IsRejectedWithItsOwnColumn()
    {
        ConsoleRun run = await ImportAsync("1,,2025-01-02,9 o'clock,,,,,,,", "2,,,,soon,,,,,,", "3,,,,,,,,,,", "4,,2025-01-02,,,,,,,,");

        run.Error.ShouldContain("leads.csv, line 2, column 'Date Time': '2025-01-02 9 o'clock' is no time");
        run.Error.ShouldContain("leads.csv, line 3, column 'Seen': 'soon' is no time");
        run.Error.ShouldContain("leads.csv, line 4, column 'Date Time': '' is missing");
    }

    [Theory]
    [InlineData("{ column: { column: Status, map: { Open: isopen } }, is: isopen }")]
    [InlineData("{ column: Status, map: { Open: isopen }, is: isopen }")]
    public async Task Condition_ItsWordsWithMeanings_LooksAtThese(string when)
    {
        _folder.With("recipe.yaml", $$"""
            files:
              - file: leads.csv
                lead: { id: Id, createdAt: At }
                transitions: { stage: Won, at: At, when: {{when}} }
            """).With("leads.csv", "Id,At,Status\n1,2025-01-01,open\n2,2025-01-01,shut\n");

        (await _folder.ImportAsync()).ExitCode.ShouldBe(0);

        (await _folder.LeadsAsync()).SelectMany(lead => lead.Transitions).ShouldHaveSingleItem().LeadId.ShouldBe("1");
    }

    [Fact]
    public async Task Attribute_OfTwoFiles_NeedsToSayWhenItWasKnown()
    {
        _folder.With("recipe.yaml", """
            files:
              - file: leads.csv
                join: { file: more.csv, as: more, key: Id, knownAt: more.At }
                lead: { id: Id, createdAt: Created }
                attributes: { phone: { column: Phone, else: more.Phone } }
            """).With("leads.csv", "Id,Created,Phone\n1,2025-01-01,\n").With("more.csv", "Id,At,Phone\n1,2025-02-01,555\n");

        ConsoleRun run = await _folder.ImportAsync();

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("attribute 'phone' needs 'knownAt', since its columns are of several files");
    }

    private Task<ConsoleRun> ImportAsync(params string[] rows) => _folder.With("recipe.yaml", Recipe)
        .With("leads.csv", "Id,Old Id,Date,Time,Seen,Mobile,Phone,Stage,Moved,Amount,Currency\n" + string.Join('\n', rows) + "\n").ImportAsync();

    private static DateTimeOffset At(int month, int day) => new(2025, month, day, 0, 0, 0, TimeSpan.Zero);
}
