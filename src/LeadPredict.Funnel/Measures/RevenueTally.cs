using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Measures;

/// <summary>Sums what won deals were worth by the lead's source.</summary>
internal sealed class RevenueTally
{
    private readonly Dictionary<string, Tally> _sources = new(StringComparer.Ordinal);
    private readonly CurrencyCount _currencies = new();

    public void Add(string source, IReadOnlyList<StageTransition> moves, IReadOnlyList<Outcome> outcomes)
    {
        if (!_sources.TryGetValue(source, out Tally? tally))
        {
            _sources.Add(source, tally = new());
        }

        tally.Leads++;
        Outcome[] won = [.. outcomes.Where(outcome => outcome.Won)];
        _currencies.Add(won);
        if (won.Length == 0 && !moves.Any(move => move.To == Stage.Won))
        {
            return;
        }

        tally.Won++;
        bool any = false;
        foreach (Outcome outcome in won)
        {
            if (outcome.Amount is { } amount)
            {
                any = true;
                string currency = outcome.Currency ?? "";
                (decimal sum, int deals) = tally.Amounts.GetValueOrDefault(currency);
                tally.Amounts[currency] = (sum + amount, deals + 1);
            }
        }

        tally.WithoutAmount += any ? 0 : 1;
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
                    entry.Value.WithoutAmount))
                .OrderByDescending(source => source.In(main))
                .ThenByDescending(source => source.Leads)
                .ThenBy(source => source.Source, StringComparer.Ordinal),
        ];
    }

    private sealed class Tally
    {
        public int Leads { get; set; }

        public int Won { get; set; }

        public int WithoutAmount { get; set; }

        public Dictionary<string, (decimal Sum, int Deals)> Amounts { get; } = new(StringComparer.Ordinal);
    }
}
