using System.Data.Common;
using Dapper;

namespace LeadPredict.Storage.Merges;

/// <summary>Refuses merges that make no sense.</summary>
internal static class MergeDemands
{
    private const string LeadKnown = "SELECT count(*) FROM leads WHERE id = @id";
    private const string AccountKnown = "SELECT (SELECT count(*) FROM accounts WHERE id = @id) + (SELECT count(*) FROM leads WHERE reading = 'account:' || @id)";

    /// <exception cref="MergeRefusedException">It makes none.</exception>
    public static async Task CheckAsync(DbConnection connection, DbTransaction transaction, MergeWish wish, OpenMerges open)
    {
        await KnownAsync(connection, transaction, wish.Kind == MergeKind.Lead, wish.Kept).ConfigureAwait(false);
        await KnownAsync(connection, transaction, wish.Kind != MergeKind.Account, wish.Merged).ConfigureAwait(false);
        if (wish.Kind == MergeKind.Attach
            && await connection.ExecuteScalarAsync<string?>("SELECT account_id FROM leads WHERE id = @Merged", new { wish.Merged }, transaction).ConfigureAwait(false) is { } account)
        {
            throw new MergeRefusedException($"lead '{wish.Merged}' is of account '{account}' already; merge the accounts instead");
        }

        if (wish.Kind != MergeKind.Attach && open.Root(wish.Kind, wish.Kept) == open.Root(wish.Kind, wish.Merged))
        {
            throw new MergeRefusedException($"'{wish.Kept}' and '{wish.Merged}' are one already");
        }

        if (open.KeptOf(wish.Kind, wish.Merged) is { } already)
        {
            throw new MergeRefusedException($"'{wish.Merged}' is read as '{already}' already; undo that first, or merge '{open.Root(wish.Kind, wish.Merged)}'");
        }
    }

    private static async Task KnownAsync(DbConnection connection, DbTransaction transaction, bool lead, string id)
    {
        if (await connection.ExecuteScalarAsync<long>(lead ? LeadKnown : AccountKnown, new { id }, transaction).ConfigureAwait(false) == 0)
        {
            throw new MergeRefusedException($"there is no {(lead ? "lead" : "account")} '{id}'; nothing was merged");
        }
    }
}
