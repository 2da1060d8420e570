using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Tests.Import;

/// <summary>What a cell with an amount of money says, and how it is told that it says none.</summary>
public sealed class AmountTests : IDisposable
{
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("5.000,00 EUR", "", ",", "EUR")]
    [InlineData("EUR 5.000,00", "EUR", ",", "EUR")]
    [InlineData("5.000,00 €", "EUR", ",", "EUR")]
    [InlineData("USD 5,000.00", "", ".", "USD")]
    [InlineData("USD5000", "usd", ".", "USD")]
    [InlineData("5000.00USD", "USD", ".", "USD")]
    [InlineData("5000", "", ".", null)]
    public async Task CurrencyCode_BesideAnAmount_IsReadAsASignIs(string amount, string currency, string mark, string? expected)
    {
        ConsoleRun run = await ImportAsync(amount, currency, mark);

        run.Out.ShouldContain("0 values or records rejected");
        Outcome outcome = (await _folder.LeadsAsync()).Single().Outcomes.Single();
        (outcome.Amount, outcome.Currency).ShouldBe((5000m, expected));
    }

    [Theory]
    [InlineData("USD 5,000.00", "EUR", "'USD 5,000.00' is in USD, but the currency told beside it is EUR; expected the same")]
    [InlineData("5 MIO", "", "'5 MIO' is no amount; expected one such as 1234.5, 1,234.50 or USD 1,234.50; --decimal names the mark before its fraction")]
    [InlineData("USD 5 USD", "", "'USD 5 USD' is no amount")]
    [InlineData("5.000,00 EUR", "", "'5.000,00 EUR' is no amount")]
    [InlineData("USD", "", "'USD' is no amount")]
    public async Task WhatIsNoAmount_IsRejectedWithWhatWasExpected(string amount, string currency, string reason)
    {
        ConsoleRun run = await ImportAsync(amount, currency, ".");

        run.Error.ShouldContain($"column 'amount': {reason}");
        (await _folder.LeadsAsync()).Single().Outcomes.Single().Amount.ShouldBeNull();
    }

    [Theory]
    [InlineData("5000", "Euro")]
    [InlineData("5000", "€")]
    [InlineData("5000", "E1R")]
    public async Task WhatIsNoCurrency_IsRejectedAndTheAmountKept(string amount, string currency)
    {
        ConsoleRun run = await ImportAsync(amount, currency, ".");

        run.Error.ShouldContain($"column 'currency': '{currency}' is no currency; expected three letters such as EUR, or map it in the recipe");
        Outcome outcome = (await _folder.LeadsAsync()).Single().Outcomes.Single();
        (outcome.Amount, outcome.Currency).ShouldBe((5000m, null));
    }

    [Theory]
    [InlineData("USD 9,000.00", 9000)]
    [InlineData("10 EUR", 10)]
    public async Task CurrencyCode_BesideANumberOfALead_IsReadAsASignIs(string cell, double expected)
    {
        (await _folder.With("Lead.csv", $"Id,CreatedDate,Annual Revenue\n1,2025-01-01,\"{cell}\"\n").ImportAsync("--recipe", "salesforce")).ExitCode.ShouldBe(0);

        (await _folder.LeadsAsync()).Single().Attributes.Single().Value.Number.ShouldBe(expected);
    }

    [Theory]
    [InlineData("45 %")]
    [InlineData("(500)")]
    [InlineData("5 MIO")]
    public async Task WhatIsNoNumber_IsRejectedWithWhatWasExpected(string cell)
    {
        ConsoleRun run = await _folder.With("Lead.csv", $"Id,CreatedDate,Annual Revenue\n1,2025-01-01,{cell}\n").ImportAsync("--recipe", "salesforce", "--decimal", ",");

        run.Error.ShouldContain($"'{cell}' is no number; expected one such as 1234,5, 1.234,50 or USD 1.234,50; --decimal names the mark before its fraction");
    }

    private async Task<ConsoleRun> ImportAsync(string amount, string currency, string mark)
    {
        ConsoleRun run = await _folder.With("deals.csv", $"id,at,amount,currency\n1,2025-01-01,\"{amount}\",{currency}\n")
            .With(
                "recipe.yaml",
                """
                files:
                  - file: deals.csv
                    lead: { id: id, createdAt: at }
                    outcomes: { won: "true", at: at, amount: amount, currency: { column: currency } }
                """)
            .ImportAsync("--decimal", mark);
        run.ExitCode.ShouldBe(0, run.Error);
        return run;
    }
}
