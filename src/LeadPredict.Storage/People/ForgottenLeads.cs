using System.Data.Common;

namespace LeadPredict.Storage.People;

/// <summary>Finds out which of some leads were forgotten.</summary>
internal static class ForgottenLeads
{
    /// <summary>Those of the leads that were forgotten, under their identifier or under the address that it is.</summary>
    public static async Task<HashSet<string>> AmongAsync(
        IEnumerable<string> leads, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        // Whoever is forgotten meanwhile is so after the rows at hand are there, or before they are looked for here.
        await PeopleLock.ShareAsync(connection, transaction, postgres, ct).ConfigureAwait(false);
        return await SuppressionList.OpenAsync(connection, transaction, postgres, ct).ConfigureAwait(false) is { } list
            ? await AmongAsync(leads, list).ConfigureAwait(false)
            : [];
    }

    /// <summary>The same of a list that was opened.</summary>
    public static Task<HashSet<string>> AmongAsync(IEnumerable<string> leads, SuppressionList list)
    {
        string[] all = [.. leads.Distinct(StringComparer.Ordinal)];
        return list.LeadsAsync(all, all.SelectMany(Addresses.Own, (lead, address) => (address, lead)));
    }
}
