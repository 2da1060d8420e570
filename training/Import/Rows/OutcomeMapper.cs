using System.Runtime.InteropServices;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Rows;

/// <summary>Makes outcomes.</summary>
internal sealed class OutcomeMapper(OutcomeRecipe recipe, CellBinder binder) : EventMapper(recipe, binder)
{
    private readonly BoundCell _won = binder.Bind(recipe.Won)!;
    private readonly BoundCell? _amount = binder.Bind(recipe.Amount);
    private readonly BoundCell? _currency = binder.Bind(recipe.Currency);

    /// <summary>What deals without an identifier were worth that the file told, by lead, end and instant.</summary>
    private readonly Dictionary<string, List<(decimal?, string?)>> _told = new(StringComparer.Ordinal);

    protected override void Add(RowContext row, string leadId, string? id, DateTimeOffset at, DateTimeOffset recordedAt)
    {
        if (row.Read(_won) is not { } word || ValueReader.Boolean(word) is not { } won)
        {
            row.Reject(_won, $"does not say whether the deal was won; expected {ValueReader.ExpectedBoolean}");
            return;
        }

        string? currency = row.Read(_currency);
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
        row.Rows.Add(id is null ? outcome with { Id = ContentId.Of(outcome, Place(outcome)) } : outcome);
    }

    /// <summary>Deals of one lead and instant that differ in worth are several; one that is told twice is one.</summary>
    private int Place(Outcome outcome)
    {
        (decimal?, string?) worth = (outcome.Amount, outcome.Currency?.ToUpperInvariant());
        ref List<(decimal?, string?)>? told = ref CollectionsMarshal.GetValueRefOrAddDefault(_told, ContentId.Of(outcome), out _);
        told ??= new(1);
        int place = told.IndexOf(worth);
        if (place < 0)
        {
            place = told.Count;
            told.Add(worth);
        }

        return place;
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

        currency ??= beside;
        if (beside is null || currency!.Equals(beside, StringComparison.OrdinalIgnoreCase))
        {
            return amount;
        }

        row.Reject(_amount!, $"is in {beside}, but the currency told beside it is {currency}; expected the same");
        return null;
    }
}
