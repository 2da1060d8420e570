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

    /// <summary>
    /// Of each account with a lead among these that has no score, the first lead that has one: what a lead did counts for its colleagues, who would not be scored with it otherwise. One will do: the others are scored
    /// with that.
    /// </summary>
    public static async Task<IEnumerable<string>> ColleaguesAsync(
        IReadOnlyCollection<string> leads, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        if (leads.Count == 0)
        {
            return [];
        }

        // In SQLite CROSS JOIN walks the account in order, up to the first with a score.
        string these = postgres ? "leads l WHERE l.id = ANY(@ids)" : "json_each(@ids) j JOIN leads l ON l.id = j.value WHERE true";
        return (await connection.QueryAsync<string?>(new(
            $"""
            SELECT (SELECT o.id FROM leads o CROSS JOIN lead_scores s WHERE s.lead_id = o.id AND o.reading = g.reading AND o.merged_into IS NULL ORDER BY o.id LIMIT 1)
            FROM (SELECT DISTINCT l.reading FROM {these} AND EXISTS (SELECT 1 FROM lead_scores)
                AND NOT EXISTS (SELECT 1 FROM lead_scores s WHERE s.lead_id = coalesce(l.merged_into, l.id))) g
            """,
            ReadAs.Parameters(leads, postgres),
            transaction,
            cancellationToken: ct)).ConfigureAwait(false)).OfType<string>();
    }

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
