using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Measures;

/// <summary>Sums what won deals were worth by the lead's source.</summary>
internal sealed class RevenueTally
{
    private readonly Dictionary<string, Tally> _sources = new(StringComparer.Ordinal);
    private readonly CurrencyCount _currencies = new();

    /// <summary>Adds a lead.</summary>
    public void Add(string source, IReadOnlyList<StageTransition> moves, IReadOnlyList<Outcome> outcomes)
    {
        Outcome[] won = [.. outcomes.Where(outcome => outcome.Won)];
        bool moved = moves.Any(move => move.To == Stage.Won);
        bool isWon = won.Length > 0 || moved;
        Add(source, 1, isWon ? 1 : 0, isWon && won.All(outcome => outcome.Amount is null) ? 1 : 0, isWon && !moved ? 1 : 0);
        foreach (Outcome outcome in won)
        {
            if (outcome.Amount is { } amount)
            {
                Add(source, outcome.Currency ?? "", amount, 1);
            }
        }
    }

    /// <summary>Adds leads of a source, how many of them were won, and of how many of these no amount or no move to won is known.</summary>
    public void Add(string source, int leads, int won, int withoutAmount, int withoutMove)
    {
        Tally tally = Of(source);
        (tally.Leads, tally.Won) = (tally.Leads + leads, tally.Won + won);
        (tally.WithoutAmount, tally.WithoutMove) = (tally.WithoutAmount + withoutAmount, tally.WithoutMove + withoutMove);
    }

    /// <summary>Adds won deals of a source.</summary>
    public void Add(string source, string currency, decimal amount, int deals)
    {
        Tally tally = Of(source);
        (decimal sum, int known) = tally.Amounts.GetValueOrDefault(currency);
        tally.Amounts[currency] = (sum + amount, known + deals);
        _currencies.Add(currency, deals);
    }

    public string? Currency => _currencies.Main;

    /// <summary>Sources by what they brought in the main currency, which is the first of their amounts where they have any in it.</summary>
    public IReadOnlyList<SourceRevenue> Measure()
    {
        string? main = _currencies.Main;
        return
        [
            .. _sources
                .Select(entry => new SourceRevenue(
                    entry.Key,
                    entry.Value.Leads,
                    entry.Value.Won,
                    [.. entry.Value.Amounts.Select(amount => new RevenueAmount(amount.Key, amount.Value.Sum, amount.Value.Deals))
                        .OrderByDescending(amount => amount.Currency == main).ThenByDescending(amount => amount.Deals).ThenBy(amount => amount.Currency, StringComparer.Ordinal)],
                    entry.Value.WithoutAmount,
                    entry.Value.WithoutMove))
                .OrderByDescending(source => source.In(main))
                .ThenByDescending(source => source.Leads)
                .ThenBy(source => source.Source, StringComparer.Ordinal),
        ];
    }

    private Tally Of(string source)
    {
        if (!_sources.TryGetValue(source, out Tally? tally))
        {
            _sources.Add(source, tally = new());
        }

        return tally;
    }

    private sealed class Tally
    {
        public int Leads { get; set; }

        public int Won { get; set; }

        public int WithoutAmount { get; set; }

        public int WithoutMove { get; set; }

        public Dictionary<string, (decimal Sum, int Deals)> Amounts { get; } = new(StringComparer.Ordinal);
    }
}
