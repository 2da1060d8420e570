using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;

namespace LeadPredict.Api.Boards;

/// <summary>What won deals bring by size of company, drawn toward the mean of all where there are few.</summary>
internal sealed class DealSizes
{
    /// <summary>So many deals of a size weigh as much as the mean of all.</summary>
    private const double Weight = 10;

    private readonly Dictionary<(string Currency, string Size), (double Sum, int Deals)> _amounts = [];

    private readonly CurrencyCount _currencies = new();

    public void Add(string size, IReadOnlyList<Outcome> outcomes)
    {
        _currencies.Add(outcomes);
        foreach (Outcome outcome in outcomes)
        {
            if (outcome is { Won: true, Amount: { } amount })
            {
                (string, string) key = (outcome.Currency ?? "", size);
                (double sum, int deals) = _amounts.GetValueOrDefault(key);
                _amounts[key] = (sum + (double)amount, deals + 1);
            }
        }
    }

    /// <summary>What deals in the main currency bring, or null without any.</summary>
    public DealWorth? Expected()
    {
        if (_currencies.Main is not { } currency)
        {
            return null;
        }

        KeyValuePair<(string Currency, string Size), (double Sum, int Deals)>[] known = [.. _amounts.Where(entry => entry.Key.Currency == currency)];
        double mean = known.Sum(entry => entry.Value.Sum) / known.Sum(entry => entry.Value.Deals);
        return new(
            currency, mean, known.ToDictionary(entry => entry.Key.Size, entry => (entry.Value.Sum + (Weight * mean)) / (entry.Value.Deals + Weight), StringComparer.Ordinal));
    }
}

/// <summary>What a won deal can be expected to bring.</summary>
/// <param name="Currency">The main currency, see <see cref="CurrencyCount"/>; deals in others are left out.</param>
/// <param name="Mean">The mean of all, for sizes that no deal was of.</param>
/// <param name="BySize">By size of company.</param>
public sealed record DealWorth(string Currency, double Mean, IReadOnlyDictionary<string, double> BySize)
{
    /// <summary>What a deal with a company of a size can be expected to bring.</summary>
    public double Of(string size) => BySize.TryGetValue(size, out double known) ? known : Mean;
}
