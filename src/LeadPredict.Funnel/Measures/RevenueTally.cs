using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Measures;

/// <summary>Sums what won deals were worth by the lead's source.</summary>
internal sealed class RevenueTally
{
    private readonly Dictionary<string, Tally> _sources = new(StringComparer.Ordinal);

    public void Add(string source, IReadOnlyList<StageTransition> moves, IReadOnlyList<Outcome> outcomes)
    {
        if (!_sources.TryGetValue(source, out Tally? tally))
        {
            _sources.Add(source, tally = new());
        }

        tally.Leads++;
        Outcome[] won = [.. outcomes.Where(outcome => outcome.Won)];
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

    public IReadOnlyList<SourceRevenue> Measure() =>
    [
        .. _sources
            .Select(entry => new SourceRevenue(
                entry.Key,
                entry.Value.Leads,
                entry.Value.Won,
                [.. entry.Value.Amounts.Select(amount => new RevenueAmount(amount.Key, amount.Value.Sum, amount.Value.Deals))
                    .OrderByDescending(amount => amount.Amount).ThenBy(amount => amount.Currency, StringComparer.Ordinal)],
                entry.Value.WithoutAmount))
            .OrderByDescending(source => source.Amounts.Count == 0 ? 0 : source.Amounts[0].Amount)
            .ThenByDescending(source => source.Leads)
            .ThenBy(source => source.Source, StringComparer.Ordinal),
    ];

    private sealed class Tally
    {
        public int Leads { get; set; }

        public int Won { get; set; }

        public int WithoutAmount { get; set; }

        public Dictionary<string, (decimal Sum, int Deals)> Amounts { get; } = new(StringComparer.Ordinal);
    }
}
