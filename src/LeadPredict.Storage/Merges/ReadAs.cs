using System.Text.Json;

namespace LeadPredict.Storage.Merges;

/// <summary>How a statement asks for rows of some leads, or of those that they are read as, by the rows' <c>lead_id</c>.</summary>
internal static class ReadAs
{
    /// <summary>The condition; its parameters are <see cref="Parameters"/>. One text however many leads they are: SQLite reads each statement anew.</summary>
    public static string Condition(bool postgres) => postgres
        ? "lead_id IN (SELECT coalesce(merged_into, id) FROM leads WHERE id = ANY(@ids))"
        : "lead_id IN (SELECT coalesce(l.merged_into, l.id) FROM json_each(@ids) j JOIN leads l ON l.id = j.value)";

    public static object Parameters(IReadOnlyCollection<string> leads, bool postgres) =>
        postgres ? new { ids = leads.ToArray() } : new { ids = JsonSerializer.Serialize(leads) };
}
