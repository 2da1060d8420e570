using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Boards;

/// <summary>What won deals bring by size of company, drawn toward the mean of all where there are few.</summary>
internal sealed class DealSizes
{
    /// <summary>So many deals of a size weigh as much as the mean of all.</summary>
    private const double Weight = 10;

    private readonly Dictionary<(string Currency, string Size), (double Sum, int Deals)> _amounts = [];

    public void Add(string size, IEnumerable<Outcome> outcomes)
    {
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

    /// <summary>What deals in the currency of most of them bring, or null without any.</summary>
    public DealWorth? Expected()
    {
        if (_amounts.GroupBy(entry => entry.Key.Currency)
            .OrderByDescending(group => group.Sum(entry => entry.Value.Deals)).ThenBy(group => group.Key, StringComparer.Ordinal)
            .FirstOrDefault() is not { } most)
        {
            return null;
        }

        double mean = most.Sum(entry => entry.Value.Sum) / most.Sum(entry => entry.Value.Deals);
        return new(
            most.Key, mean, most.ToDictionary(entry => entry.Key.Size, entry => (entry.Value.Sum + (Weight * mean)) / (entry.Value.Deals + Weight), StringComparer.Ordinal));
    }
}

/// <summary>What a won deal can be expected to bring.</summary>
/// <param name="Currency">The currency of most won deals; empty where they name none. Deals in others are left out: nobody said at what rate.</param>
/// <param name="Mean">The mean of all, for sizes that no deal was of.</param>
/// <param name="BySize">By size of company.</param>
public sealed record DealWorth(string Currency, double Mean, IReadOnlyDictionary<string, double> BySize)
{
    /// <summary>What a deal with a company of a size can be expected to bring.</summary>
    public double Of(string size) => BySize.TryGetValue(size, out double known) ? known : Mean;
}
