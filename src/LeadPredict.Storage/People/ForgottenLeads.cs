using System.Data.Common;
using Dapper;

namespace LeadPredict.Storage.People;

/// <summary>Finds out which of some leads were forgotten.</summary>
internal static class ForgottenLeads
{
    /// <summary>Those of the leads that were forgotten, under their identifier or under the address that it is.</summary>
    public static async Task<HashSet<string>> AmongAsync(
        IEnumerable<string> leads, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        var forgotten = new HashSet<string>(StringComparer.Ordinal);

        // Whoever is forgotten meanwhile is so after the rows at hand are there, or before they are looked for here.
        await PeopleLock.ShareAsync(connection, transaction, postgres, ct).ConfigureAwait(false);
        string? salt = await connection.ExecuteScalarAsync<string?>(
            new("SELECT value FROM settings WHERE name = @name", new { name = Suppression.SaltSetting }, transaction, cancellationToken: ct)).ConfigureAwait(false);
        if (salt is null)
        {
            return forgotten;
        }

        var suppression = new Suppression(salt);
        ILookup<string, string> leadsOfHash = leads.Distinct(StringComparer.Ordinal).SelectMany(lead => Names(lead, suppression)).ToLookup(
            entry => entry.Hash, entry => entry.Lead, StringComparer.Ordinal);
        foreach (string[] hashes in leadsOfHash.Select(group => group.Key).Chunk(500))
        {
            foreach (string hash in await connection.QueryAsync<string>(
                new($"SELECT hash FROM suppressions WHERE hash {AnyOf.Text(postgres, "hashes")}", new { hashes }, transaction, cancellationToken: ct)).ConfigureAwait(false))
            {
                forgotten.UnionWith(leadsOfHash[hash]);
            }
        }

        return forgotten;
    }

    private static IEnumerable<(string Hash, string Lead)> Names(string lead, Suppression suppression) => Suppression.IsAddress(lead)
        ? [(suppression.OfLead(lead), lead), (suppression.OfAddress(lead), lead)]
        : [(suppression.OfLead(lead), lead)];
}
