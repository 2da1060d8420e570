using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Tests.Import;

/// <summary>Plain words that are the value itself, and may have been meant for a column.</summary>
public sealed class PlainWordTests : IDisposable
{
    private const string Files =
        "files:\n  - file: a.csv\n    lead: { id: id, createdAt: at }\n    outcomes:\n      - { won: \"true\", at: at, amount: amount, currency: EUR }\n";

    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("currency: EUR", "currency: Devise", "line 5, column 58: 'Devise' is no currency; expected a code of ISO 4217 such as EUR; for the column write { column: Devise }")]
    [InlineData("currency: EUR", "currency: MIO", "'MIO' is no currency")]
    [InlineData("currency: EUR", "currency: { column: c, map: { euro: Euros } }", "line 5, column 58: 'Euros' is no currency; expected a code of ISO 4217 such as EUR")]
    [InlineData("won: \"true\"", "won: Is Won", "line 5, column 16: 'Is Won' does not say whether the deal was won; expected true, yes")]
    [InlineData("won: \"true\"", "won: Is Won", "for the column write { column: Is Won }")]
    [InlineData("won: \"true\"", "won: { column: stage, map: { Closed Won: Won } }", "'Won' does not say whether the deal was won")]
    public void Read_ConstantThatIsNoSuchValue_IsRefused(string good, string bad, string message)
    {
        Files.ShouldContain(good);

        Should.Throw<RecipeException>(() => RecipeReader.Read(Files.Replace(good, bad, StringComparison.Ordinal), "r.yaml")).Message.ShouldContain(message);
    }

    [Fact]
    public void Read_CurrencyInWhateverCase_IsGood() =>
        RecipeReader.Read(Files.Replace("EUR", "{ column: c, map: { euro: eur, franc: CHF, none: ~ } }", StringComparison.Ordinal), "r.yaml").Files.ShouldHaveSingleItem();

    [Theory]
    [InlineData("touches: { type: kind of visit, at: at }", "kind of visit")]
    [InlineData("changes: { name: KIND OF VISIT, value: id, at: at }", "KIND OF VISIT")]
    [InlineData("outcomes: { won: yes, at: at, currency: eur }\n    transitions: { stage: Won, at: at }", "eur,yes")]
    [InlineData("touches: { type: { value: kind of visit }, at: at }", "")]
    [InlineData("touches: { type: { column: kind of visit }, at: at }", "")]
    [InlineData("touches: { type: visit, at: at }", "")]
    [InlineData("attributes: { yes: id }", "")]
    public async Task Import_ValueThatIsAColumnToo_IsNoted(string rows, string words)
    {
        ConsoleRun run = await _folder.With("recipe.yaml", "files:\n  - file: a.csv\n    lead: { id: id, createdAt: at }\n    " + rows + "\n")
            .With("a.csv", "id,at,Kind  of Visit,Yes,EUR\n1,2025-01-01,call,no,USD\n").ImportAsync("--json");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!).ShouldBe(
            words.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(word => $"a.csv: '{word}' is the value in every row; for the column write {{ column: {word} }}"));
    }
}
