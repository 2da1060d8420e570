using System.Data.Common;
using Dapper;

namespace LeadPredict.Storage.People;

/// <summary>Removes leads from every table, inside a transaction.</summary>
internal static class Purge
{
    /// <returns>How many rows there were.</returns>
    public static async Task<int> RunAsync(DbConnection connection, DbTransaction transaction, bool postgres, IReadOnlyCollection<string> leadIds, CancellationToken ct)
    {
        int rows = 0;
        string those = AnyOf.Text(postgres, "ids");
        foreach (string[] ids in leadIds.Chunk(500))
        {
            foreach (string table in PersonTables.OfHistory)
            {
                rows += await RunAsync(postgres
                    ? $"DELETE FROM {table} WHERE lead_id {those}"
                    : $"DELETE FROM {table} WHERE lead_key IN (SELECT lead_key FROM leads WHERE id {those})").ConfigureAwait(false);
            }

            foreach ((string table, string column) in PersonTables.ByLeadId)
            {
                rows += await RunAsync($"DELETE FROM {table} WHERE {column} {those}" + (table == "merges" ? Leads(column) : "")).ConfigureAwait(false);
            }

            rows += await RunAsync($"DELETE FROM leads WHERE id {those}").ConfigureAwait(false);

            Task<int> RunAsync(string statement) => connection.ExecuteAsync(new(statement, new { ids }, transaction, cancellationToken: ct));
        }

        return rows;
    }

    /// <summary>An account may be called like a lead.</summary>
    private static string Leads(string column) => column == "kept" ? " AND kind = 'lead'" : " AND kind <> 'account'";
}
