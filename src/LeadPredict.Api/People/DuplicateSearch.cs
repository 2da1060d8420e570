using LeadPredict.Features.Duplicates;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;

namespace LeadPredict.Api.People;

/// <summary>Looks through a whole store for duplicates. The console does it with this too.</summary>
public static class DuplicateSearch
{
    /// <summary>What seems to be there twice and was not merged; takes one reading of the history.</summary>
    public static async Task<IReadOnlyList<DuplicateProposal>> RunAsync(IHistoryStore store, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var finder = new DuplicateFinder();
        await foreach (AccountHistory account in store.ReadAccountsAsync(cancellation))
        {
            finder.Observe(account);
        }

        return finder.Find();
    }
}
