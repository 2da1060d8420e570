using System.Data.Common;
using Dapper;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Storage.People;

/// <summary>
/// Removes leads from every table, inside a transaction; the colleagues whom they leave are due for another score. Asks first where something of them is, since whoever only appends
/// needs no right to delete where nothing is.
/// </summary>
internal static class Purge
{
    /// <returns>How many rows there were.</returns>
    public static async Task<int> RunAsync(DbConnection connection, DbTransaction transaction, bool postgres, IReadOnlyCollection<string> leadIds, CancellationToken ct)
    {
        int rows = 0;
        if (!postgres)
        {
            // Nothing of them is to be left in pages that come free.
            await connection.ExecuteAsync(new("PRAGMA secure_delete = ON", transaction: transaction, cancellationToken: ct)).ConfigureAwait(false);
        }

        (string Table, string Theirs)[] places = Places(postgres, AnyOf.Text(postgres, "ids"));
        string where = string.Join(" UNION ALL ", places.Select((place, i) => $"SELECT {i} WHERE EXISTS (SELECT 1 FROM {place.Table} WHERE {place.Theirs})"));
        foreach (string[] ids in leadIds.Chunk(AnyOf.Most))
        {
            await MarkColleaguesAsync(connection, transaction, postgres, ids, ct).ConfigureAwait(false);
            foreach (int i in (await connection.QueryAsync<int>(new(where, new { ids }, transaction, cancellationToken: ct)).ConfigureAwait(false)).Order())
            {
                rows += await connection.ExecuteAsync(
                    new($"DELETE FROM {places[i].Table} WHERE {places[i].Theirs}", new { ids }, transaction, cancellationToken: ct)).ConfigureAwait(false);
            }
        }

        return rows;
    }

    /// <summary>The leads' rows table by table, in the order in which they can go.</summary>
    private static (string Table, string Theirs)[] Places(bool postgres, string those) =>
    [
        .. PersonTables.OfHistory.Select(table => (table, postgres ? $"lead_id {those}" : $"lead_key IN (SELECT lead_key FROM leads WHERE id {those})")),
        .. PersonTables.ByLeadId.Select(entry => (entry.Table, $"{entry.Column} {those}" + (entry.Table == "merges" ? Leads(entry.Column) : ""))),
        (PersonTables.Leads, $"id {those}"),
    ];

    /// <summary>Marks a score of each account that loses a lead, since what one of them did counts for all. One will do: the others are scored with it.</summary>
    private static async Task MarkColleaguesAsync(DbConnection connection, DbTransaction transaction, bool postgres, string[] ids, CancellationToken ct)
    {
        string those = AnyOf.Text(postgres, "ids");
        IEnumerable<string> left = await connection.QueryAsync<string>(new(
            $"""
            SELECT min(o.id) FROM leads l JOIN leads o ON o.reading = l.reading AND o.merged_into IS NULL JOIN lead_scores s ON s.lead_id = o.id
            WHERE l.id {those} AND NOT o.id {those} GROUP BY o.reading
            """,
            new { ids },
            transaction,
            cancellationToken: ct)).ConfigureAwait(false);
        await ChangedScores.MarkAsync([.. left], connection, transaction, postgres, ct).ConfigureAwait(false);
    }

    /// <summary>An account may be called like a lead.</summary>
    private static string Leads(string column) => column == "kept" ? " AND kind = 'lead'" : " AND kind <> 'account'";
}
