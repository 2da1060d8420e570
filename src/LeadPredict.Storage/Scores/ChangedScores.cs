using System.Data.Common;
using Dapper;
using LeadPredict.Storage.Merges;

namespace LeadPredict.Storage.Scores;

/// <summary>Marks the last scores of leads whose history changes, in the transaction that changes it: they are due for another, whatever becomes of the service that took it.</summary>
internal static class ChangedScores
{
    /// <summary>Whether there is a score at all. Whoever only appends needs no right to change where there is none.</summary>
    public static Task<bool> AnyAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct) =>
        connection.ExecuteScalarAsync<bool>(new("SELECT EXISTS (SELECT 1 FROM lead_scores)", transaction: transaction, cancellationToken: ct));

    /// <summary>Marks the scores of leads, or of those that they are read as. Asks a PostgreSQL first, where rights differ.</summary>
    public static async Task MarkAsync(IReadOnlyCollection<string> leads, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        if (leads.Count == 0)
        {
            return;
        }

        (string theirs, object those) = (ReadAs.Condition(postgres), ReadAs.Parameters(leads, postgres));
        if (postgres && !await connection.ExecuteScalarAsync<bool>(new($"SELECT EXISTS (SELECT 1 FROM lead_scores WHERE {theirs})", those, transaction, cancellationToken: ct)).ConfigureAwait(false))
        {
            return;
        }

        // In order: two who mark the same leads wait for one another, never in a circle.
        string inOrder = postgres ? $"lead_id IN (SELECT lead_id FROM lead_scores WHERE {theirs} ORDER BY lead_id FOR UPDATE)" : theirs;
        await connection.ExecuteAsync(new($"UPDATE lead_scores SET changes = changes + 1 WHERE {inOrder}", those, transaction, cancellationToken: ct)).ConfigureAwait(false);
    }
}
