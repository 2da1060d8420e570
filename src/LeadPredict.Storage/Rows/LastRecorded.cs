namespace LeadPredict.Storage.Rows;

/// <summary>Asks until when the history is observed, and nothing else: less than half of the work of the whole summary.</summary>
internal static class LastRecorded
{
    private static readonly string[] Others = ["accounts", "touches", "attributes", "transitions", "outcomes"];

    /// <summary>Microseconds, or null where there is no row. The same for both stores.</summary>
    public static string Statement { get; } =
        "SELECT max(at) FROM (SELECT max(recorded_at) AS at FROM leads WHERE merged_into IS NULL"
        + string.Concat(Others.Select(table => $" UNION ALL SELECT max(recorded_at) FROM {table}"))
        + ") AS tables";
}
