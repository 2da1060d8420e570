using LeadPredict.Funnel.Leads;

namespace LeadPredict.Funnel.Measures;

/// <summary>Finds a company's main currency: that of most won deals with an amount. Sums over leads are in it, since nobody said at what rate others are worth how much.</summary>
/// <remarks>Not safe for several threads.</remarks>
public sealed class CurrencyCount
{
    private readonly Dictionary<string, int> _deals = new(StringComparer.Ordinal);

    /// <summary>Counts the won deals among outcomes.</summary>
    public void Add(IEnumerable<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        foreach (Outcome outcome in outcomes)
        {
            if (outcome is { Won: true, Amount: not null })
            {
                Add(outcome.Currency ?? "", 1);
            }
        }
    }

    /// <summary>Counts won deals in a currency, an empty text where none is named.</summary>
    public void Add(string currency, int deals)
    {
        ArgumentNullException.ThrowIfNull(currency);
        _deals[currency] = _deals.GetValueOrDefault(currency) + deals;
    }

    /// <summary>Adds what another counted.</summary>
    public void Add(CurrencyCount other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach ((string currency, int deals) in other._deals)
        {
            Add(currency, deals);
        }
    }

    /// <summary>The main currency, an empty text where deals name none; null when no won deal has an amount. Of equally many deals the first by name.</summary>
    public string? Main => _deals.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Key).FirstOrDefault();
}
