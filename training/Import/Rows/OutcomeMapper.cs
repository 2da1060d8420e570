using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Rows;

/// <summary>Makes outcomes.</summary>
internal sealed class OutcomeMapper(OutcomeRecipe recipe, CellBinder binder, ToldDeals told) : EventMapper(recipe, binder)
{
    private readonly BoundCell _won = binder.Bind(recipe.Won)!;
    private readonly BoundCell? _amount = binder.Bind(recipe.Amount);
    private readonly BoundCell? _currency = binder.Bind(recipe.Currency);

    protected override void Add(RowContext row, string leadId, string? id, DateTimeOffset at, DateTimeOffset recordedAt)
    {
        if (row.Read(_won) is not { } word || ValueReader.Boolean(word) is not { } won)
        {
            row.Reject(_won, $"does not say whether the deal was won; expected {ValueReader.ExpectedBoolean}");
            return;
        }

        if (id is not null && CorrectedAmounts.IsCorrection(id))
        {
            row.Reject("", id, $"ends in {CorrectedAmounts.Suffix}, which corrections have; expected the deal's own id");
            return;
        }

        string? currency = row.Currency(_currency);
        decimal? amount = Amount(row, ref currency);
        var outcome = new Outcome
        {
            Id = id ?? "",
            LeadId = leadId,
            Won = won,
            Amount = amount,
            Currency = currency,
            OccurredAt = at,
            RecordedAt = recordedAt,
        };
        if (id is null)
        {
            outcome = outcome with { Id = ContentId.Of(outcome) };
            if (told.Other(outcome) is { } other)
            {
                row.Reject(_amount!, $"is another amount than {other}, which the same deal of this lead and time has; expected an id for each outcome where a lead has several at one time");
                return;
            }
        }

        row.Rows.Add(outcome);
    }

    /// <summary>The amount, or null after rejecting what is none. The currency is that beside the amount where nothing else tells it.</summary>
    private decimal? Amount(RowContext row, ref string? currency)
    {
        if (row.Read(_amount) is not { } text)
        {
            return null;
        }

        if (row.Values.Amount(text, out string? beside) is not { } amount)
        {
            row.Reject(_amount!, "is no amount; " + row.Values.ExpectedNumber);
            return null;
        }

        if (Math.Abs(amount) > Outcome.LargestAmount)
        {
            row.Reject(_amount!, $"is beyond {Outcome.LargestAmount:0}; expected what a deal can be worth");
            return null;
        }

        currency ??= beside;
        if (beside is null || currency!.Equals(beside, StringComparison.OrdinalIgnoreCase))
        {
            return amount;
        }

        row.Reject(_amount!, $"is in {beside}, but the currency told beside it is {currency}; expected the same");
        return null;
    }
}
