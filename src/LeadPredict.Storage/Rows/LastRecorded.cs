using System.Data.Common;
using Dapper;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Storage.Rows;

/// <summary>
/// Asks until when the history is observed. Decisions that people make with the service count for a week after what was delivered last: who decides one lead in a
/// history that ended a year ago has not watched the others since, and all that were open then would count as never having converted. An objection to profiling
/// tells nothing of that and does not count. The statements are the same for both stores; instants are microseconds.
/// </summary>
internal static class LastRecorded
{
    private const long Week = 7L * 24 * 3600 * 1_000_000;
    private const string Decided = "(SELECT transition_id FROM decisions)";
    private const string NoObjection = $" AND name <> '{ProfilingObjection.Attribute}'";
    private static readonly string[] Moves = ["transitions", "outcomes"];

    /// <summary>When the last account, move or outcome was recorded up to <c>@now</c> that is no decision; -1 for none.</summary>
    public static string Beside { get; } = $"SELECT coalesce(max(at), -1) FROM ({DeliveredOf("accounts", "transitions", "outcomes")}) AS tables";

    /// <summary>The same of all tables.</summary>
    private static string Delivered { get; } =
        $"SELECT coalesce(max(at), -1) FROM ({DeliveredOf("accounts", "touches", "attributes", "transitions", "outcomes")}"
        + " UNION ALL SELECT max(recorded_at) FROM leads WHERE merged_into IS NULL AND recorded_at <= @now) AS tables";

    /// <summary>When each decision was recorded.</summary>
    public static string Decisions { get; } = string.Join(" UNION ALL ", Moves.Select(table => $"SELECT recorded_at FROM {table} WHERE id IN {Decided}"));

    /// <summary>Until when the history is observed.</summary>
    /// <param name="delivered">When the last row was recorded up to now that is no decision; -1 for none.</param>
    /// <param name="decisions">When each decision was recorded.</param>
    /// <param name="now">What is recorded later does not count.</param>
    public static long Latest(long delivered, IEnumerable<long> decisions, long now) =>
        decisions.Where(at => at <= Math.Min(delivered + Week, now)).Append(delivered).Max();

    /// <summary>The same of a store; null where nothing was recorded up to now.</summary>
    public static async Task<DateTimeOffset?> FindAsync(DbConnection connection, long now, CancellationToken ct)
    {
        long delivered = await connection.ExecuteScalarAsync<long>(new(Delivered, new { now }, cancellationToken: ct)).ConfigureAwait(false);
        if (delivered < 0)
        {
            return null;
        }

        return UtcTime.FromMicroseconds(Latest(delivered, await connection.QueryAsync<long>(new(Decisions, cancellationToken: ct)).ConfigureAwait(false), now));
    }

    private static string DeliveredOf(params string[] tables) => string.Join(" UNION ALL ", tables.Select(table =>
        $"SELECT max(recorded_at) AS at FROM {table} WHERE recorded_at <= @now{(Moves.Contains(table) ? $" AND id NOT IN {Decided}" : table == "attributes" ? NoObjection : "")}"));
}
