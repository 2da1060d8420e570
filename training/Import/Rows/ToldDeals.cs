using System.Runtime.InteropServices;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Import.Rows;

/// <summary>What the deals of one import were worth that have no identifier of their own: of two amounts for one of them neither is the right one.</summary>
internal sealed class ToldDeals
{
    private readonly Dictionary<string, string> _worth = new(StringComparer.Ordinal);

    /// <summary>What the deal was told to be worth before, where that was something else; else null.</summary>
    /// <param name="deal">The deal; one without an amount contradicts nothing.</param>
    public string? Other(Outcome deal)
    {
        if (deal.Amount is null)
        {
            return null;
        }

        string worth = FormattableString.Invariant($"{deal.Amount:G29} {deal.Currency}").TrimEnd();
        ref string? told = ref CollectionsMarshal.GetValueRefOrAddDefault(_worth, deal.Id, out bool known);
        if (known)
        {
            return told == worth ? null : told;
        }

        told = worth;
        return null;
    }
}
