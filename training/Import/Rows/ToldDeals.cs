using System.Runtime.InteropServices;

namespace LeadPredict.Training.Import.Rows;

/// <summary>What the deals of one import were worth that have no identifier of their own: of two amounts for one of them neither is the right one.</summary>
internal sealed class ToldDeals
{
    private readonly Dictionary<string, string> _worth = new(StringComparer.Ordinal);

    /// <summary>What the deal was told to be worth before, where that was something else; else null.</summary>
    /// <param name="id">What it is known by.</param>
    /// <param name="amount">Its amount; a deal without one contradicts nothing.</param>
    /// <param name="currency">Its currency, or null.</param>
    public string? Other(string id, decimal? amount, string? currency)
    {
        if (amount is null)
        {
            return null;
        }

        string worth = FormattableString.Invariant($"{amount:G29} {currency?.ToUpperInvariant()}").TrimEnd();
        ref string? told = ref CollectionsMarshal.GetValueRefOrAddDefault(_worth, id, out bool known);
        if (known)
        {
            return told == worth ? null : told;
        }

        told = worth;
        return null;
    }
}
