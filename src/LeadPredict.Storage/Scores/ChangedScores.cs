using System.Data.Common;
using Dapper;
using LeadPredict.Storage.People;

namespace LeadPredict.Storage.Scores;

/// <summary>Marks the last scores of leads whose history changes, in the transaction that changes it: they are due for another, whatever becomes of the service that took it.</summary>
internal static class ChangedScores
{
    private const string Theirs = "lead_id IN (SELECT coalesce(merged_into, id) FROM leads WHERE id ";

    /// <summary>Whether there is a score at all. Whoever only appends needs no right to change where there is none.</summary>
    public static Task<bool> AnyAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct) =>
        connection.ExecuteScalarAsync<bool>(new("SELECT EXISTS (SELECT 1 FROM lead_scores)", transaction: transaction, cancellationToken: ct));

    /// <summary>Marks the scores of leads, or of those that they are read as.</summary>
    public static async Task MarkAsync(IEnumerable<string> leads, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        foreach (string[] ids in leads.Order(StringComparer.Ordinal).Chunk(500))
        {
            string those = $"{Theirs}{AnyOf.Text(postgres, "ids")})";

            if (await connection.ExecuteScalarAsync<bool>(new($"SELECT EXISTS (SELECT 1 FROM lead_scores WHERE {those})", new { ids }, transaction, cancellationToken: ct)).ConfigureAwait(false))
            {
                // In order: two who mark the same leads wait for one another, never in a circle.
                string inOrder = postgres ? $"lead_id IN (SELECT lead_id FROM lead_scores WHERE {those} ORDER BY lead_id FOR UPDATE)" : those;
                await connection.ExecuteAsync(new($"UPDATE lead_scores SET changes = changes + 1 WHERE {inOrder}", new { ids }, transaction, cancellationToken: ct)).ConfigureAwait(false);
            }
        }
    }
}
