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

    /// <summary>The currency of most deals, or null without any.</summary>
    public string? Currency => _amounts
        .GroupBy(entry => entry.Key.Currency)
        .OrderByDescending(group => group.Sum(entry => entry.Value.Deals)).ThenBy(group => group.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.Key;

    /// <summary>Expected amounts in <see cref="Currency"/>; null without any.</summary>
    public Func<string, double>? Expected()
    {
        if (Currency is not { } currency)
        {
            return null;
        }

        var known = _amounts.Where(entry => entry.Key.Currency == currency).ToDictionary(entry => entry.Key.Size, entry => entry.Value, StringComparer.Ordinal);
        double mean = known.Values.Sum(entry => entry.Sum) / known.Values.Sum(entry => entry.Deals);
        return size => known.TryGetValue(size, out (double Sum, int Deals) here) ? (here.Sum + (Weight * mean)) / (here.Deals + Weight) : mean;
    }
}
