using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace LeadPredict.Storage.Scores;

/// <summary>Marks the last scores of leads whose history changes, in the transaction that changes it: they are due for another, whatever becomes of the service that took it.</summary>
internal static class ChangedScores
{
    private const string OfPostgres = "lead_id IN (SELECT coalesce(merged_into, id) FROM leads WHERE id = ANY(@ids))";

    // One text however many they are: SQLite reads each statement anew.
    private const string OfSqlite = "lead_id IN (SELECT coalesce(l.merged_into, l.id) FROM json_each(@ids) j JOIN leads l ON l.id = j.value)";

    /// <summary>Whether there is a score at all. Whoever only appends needs no right to change where there is none.</summary>
    public static Task<bool> AnyAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct) =>
        connection.ExecuteScalarAsync<bool>(new("SELECT EXISTS (SELECT 1 FROM lead_scores)", transaction: transaction, cancellationToken: ct));

    /// <summary>Marks the scores of leads, or of those that they are read as.</summary>
    public static async Task MarkAsync(IReadOnlyCollection<string> leads, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        if (leads.Count == 0)
        {
            return;
        }

        string theirs = OfSqlite;
        object those = new { ids = JsonSerializer.Serialize(leads) };
        if (postgres)
        {
            those = new { ids = leads.ToArray() };
            if (!await connection.ExecuteScalarAsync<bool>(new($"SELECT EXISTS (SELECT 1 FROM lead_scores WHERE {OfPostgres})", those, transaction, cancellationToken: ct)).ConfigureAwait(false))
            {
                return;
            }

            // In order: two who mark the same leads wait for one another, never in a circle.
            theirs = $"lead_id IN (SELECT lead_id FROM lead_scores WHERE {OfPostgres} ORDER BY lead_id FOR UPDATE)";
        }

        await connection.ExecuteAsync(new($"UPDATE lead_scores SET changes = changes + 1 WHERE {theirs}", those, transaction, cancellationToken: ct)).ConfigureAwait(false);
    }
}
