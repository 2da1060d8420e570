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
    public void Add(string source, int leads, int won, int withoutAmount, int withoutMove) => Of(source).Add(leads, won, withoutAmount, withoutMove);

    /// <summary>Adds won deals of a source.</summary>
    public void Add(string source, string currency, decimal amount, int deals)
    {
        Of(source).Add(currency, amount, deals);
        _currencies.Add(currency, deals);
    }

    public string? Currency => _currencies.Main;

    /// <summary>
    /// Sources by what they brought in the main currency, which is the first of their amounts where they have any in it. Those of fewer leads than
    /// <paramref name="fewest"/>, and those after the first two dozen, are one row.
    /// </summary>
    public IReadOnlyList<SourceRevenue> Measure(int fewest)
    {
        string? main = _currencies.Main;
        IEnumerable<SourceRevenue> sources = _sources
            .Select(entry => Revenue(entry.Key, entry.Value, main))
            .OrderByDescending(source => source.In(main))
            .ThenByDescending(source => source.Leads)
            .ThenBy(source => source.Source, StringComparer.Ordinal);
        (IReadOnlyList<SourceRevenue> told, IReadOnlyList<SourceRevenue> rest) = ToldGroups.Part(sources, source => source.Source, source => source.Leads, fewest);
        if (rest.Count == 0)
        {
            return told;
        }

        var others = new Tally();
        foreach (SourceRevenue source in rest)
        {
            others.Add(_sources[source.Source]);
        }

        return [.. told, Revenue(ToldGroups.AllOthers, others, main)];
    }

    private static SourceRevenue Revenue(string name, Tally tally, string? main) => new(
        name,
        tally.Leads,
        tally.Won,
        [.. tally.Amounts.Select(amount => new RevenueAmount(amount.Key, amount.Value.Sum, amount.Value.Deals))
            .OrderByDescending(amount => amount.Currency == main).ThenByDescending(amount => amount.Deals).ThenBy(amount => amount.Currency, StringComparer.Ordinal)],
        tally.WithoutAmount,
        tally.WithoutMove);

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
        public int Leads { get; private set; }

        public int Won { get; private set; }

        public int WithoutAmount { get; private set; }

        public int WithoutMove { get; private set; }

        public Dictionary<string, (decimal Sum, int Deals)> Amounts { get; } = new(StringComparer.Ordinal);

        public void Add(int leads, int won, int withoutAmount, int withoutMove)
        {
            (Leads, Won) = (Leads + leads, Won + won);
            (WithoutAmount, WithoutMove) = (WithoutAmount + withoutAmount, WithoutMove + withoutMove);
        }

        public void Add(string currency, decimal amount, int deals)
        {
            (decimal sum, int known) = Amounts.GetValueOrDefault(currency);
            Amounts[currency] = (sum + amount, known + deals);
        }

        public void Add(Tally other)
        {
            Add(other.Leads, other.Won, other.WithoutAmount, other.WithoutMove);
            foreach ((string currency, (decimal sum, int deals)) in other.Amounts)
            {
                Add(currency, sum, deals);
            }
        }
    }
}
