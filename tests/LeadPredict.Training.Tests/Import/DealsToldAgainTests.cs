using System.Text.Json;

namespace LeadPredict.Training.Tests.Import;

/// <summary>Exports made again after somebody corrected what a deal was worth.</summary>
public sealed class DealsToldAgainTests : IDisposable
{
    private const string Recipe = """
        files:
          - { file: leads.csv, lead: { id: Id, createdAt: Created } }
          - file: deals.csv
            leadId: Lead
            outcomes:
              - { won: "true", at: Closed, amount: Amount, currency: EUR }
        """;

    private readonly ImportFolder _folder = new ImportFolder().With("recipe.yaml", Recipe).With("leads.csv", "Id,Created\na,2025-01-01\nb,2025-01-01\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Deal_WithoutIdentifierAndWithAnotherAmount_IsCorrected()
    {
        await ImportAsync("a,2025-02-01,1000", "b,2025-02-01,7");
        await ImportAsync("a,2025-02-01,1500", "b,2025-02-01,7");
        (await AmountsAsync()).ShouldBe([1500, 7]);

        ConsoleRun again = await ImportAsync("a,2025-02-01,1500", "b,2025-02-01,7");
        again.Json.GetProperty("rows").GetProperty("outcomes").GetProperty("added").GetInt32().ShouldBe(0);
        (await AmountsAsync()).ShouldBe([1500, 7]);
    }

    /// <summary>One that stands twice is one; of two amounts for it none can be told to be right.</summary>
    [Fact]
    public async Task Deal_WithoutIdentifierAndWithTwoAmounts_IsRejected()
    {
        _folder.With("recipe.yaml", Recipe.Replace("deals.csv", "deals*.csv", StringComparison.Ordinal)).With("deals2.csv", "Lead,Closed,Amount\nb,2025-02-01,9\nb,2025-02-02,8\n");

        ConsoleRun run = await ImportAsync("a,2025-02-01,1000", "a,2025-02-01,500", "a,2025-02-01,1000.00", "b,2025-02-01,", "b,2025-02-01,7");

        run.Error.ShouldContain("deals.csv, line 3, column 'Amount': '500' is another amount than 1000 EUR");
        run.Error.ShouldContain("deals2.csv, line 2, column 'Amount': '9' is another amount than 7 EUR");
        run.Error.ShouldContain("expected an id for each outcome");
        (await AmountsAsync()).ShouldBe([1000, 7, 8]);
    }

    [Fact]
    public async Task Deal_ThatWasLostAndIsWonLater_IsBoth()
    {
        await DealsAsync("a,2025-02-01,100,D1,no", "b,2025-02-01,50,D2,yes");
        JsonElement second = await DealsAsync("a,2025-05-01,900,D1,yes", "b,2025-02-01,50,D2,yes");
        JsonElement third = await DealsAsync("a,2025-05-01,950,D1,yes", "b,2025-02-01,50,D2,yes");

        (await AmountsAsync()).ShouldBe([100, 950, 50]);
        second.GetProperty("notes").ToString().ShouldNotContain("their first end stands");
        third.GetProperty("notes").ToString().ShouldNotContain("their first end stands");
    }

    [Fact]
    public async Task Deal_ThatEndsOtherwiseNow_StaysAndIsNoted()
    {
        await DealsAsync("a,2025-02-01,100,D1,no", "b,2025-02-01,50,D2,yes");
        JsonElement second = await DealsAsync("a,2025-02-01,900,D1,yes", "b,2025-03-01,60,D2,no");

        second.GetProperty("notes").ToString().ShouldContain("lost and as won at that time or before: 2; their first end stands");
        (await AmountsAsync()).ShouldBe([100, 50]);
    }

    [Theory]
    [InlineData("1000000000000001")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-1,000,000,000,000,001")]
    public async Task Deal_WorthMoreThanAnythingIs_IsRejected(string amount)
    {
        ConsoleRun run = await ImportAsync($"a,2025-02-01,\"{amount}\"", "b,2025-02-01,1000000000000000");
        run.Error.ShouldContain($"'{amount}' is beyond 1000000000000000");
        (await AmountsAsync()).ShouldContain(1_000_000_000_000_000);
        (await AmountsAsync()).ShouldNotContain(value => value > 1_000_000_000_000_000 || value < 0);
    }

    [Fact]
    public async Task Deal_NamedAsACorrection_IsRejected()
    {
        _folder.With("recipe.yaml", Recipe.Replace("{ won:", "{ id: Amount, won:", StringComparison.Ordinal));
        ConsoleRun run = await ImportAsync("a,2025-02-01,1000", "a,2025-02-01,7~corrected");
        run.Error.ShouldContain("'7~corrected' ends in ~corrected");
        (await AmountsAsync()).ShouldBe([1000]);
    }

    private async Task<JsonElement> DealsAsync(params string[] deals)
    {
        _folder.With("recipe.yaml", Recipe.Replace("{ won: \"true\"", "{ id: Deal, won: { column: Won }", StringComparison.Ordinal));
        ConsoleRun run = await _folder.With("deals.csv", "Lead,Closed,Amount,Deal,Won\n" + string.Join('\n', deals) + "\n").ImportAsync("--json");
        run.ExitCode.ShouldBe(0, run.Error);
        return run.Json;
    }

    private async Task<ConsoleRun> ImportAsync(params string[] deals)
    {
        ConsoleRun run = await _folder.With("deals.csv", "Lead,Closed,Amount\n" + string.Join('\n', deals) + "\n").ImportAsync("--json");
        run.ExitCode.ShouldBe(0, run.Error);
        return run;
    }

    private async Task<decimal?[]> AmountsAsync() => [.. (await _folder.LeadsAsync()).SelectMany(lead => lead.Outcomes).Select(outcome => outcome.Amount)];
}
