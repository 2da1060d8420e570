namespace LeadPredict.Storage.Rows;

/// <summary>Asks until when the history is observed, and nothing else: less than half of the work of the whole summary.</summary>
internal static class LastRecorded
{
    private static readonly string[] Others = ["accounts", "touches", "attributes", "transitions", "outcomes"];

    /// <summary>Microseconds, or null where no row was recorded up to <c>@now</c> (microseconds). The same for both stores.</summary>
    public static string Statement { get; } =
        "SELECT max(at) FROM (SELECT max(recorded_at) AS at FROM leads WHERE merged_into IS NULL AND recorded_at <= @now"
        + string.Concat(Others.Select(table => $" UNION ALL SELECT max(recorded_at) FROM {table} WHERE recorded_at <= @now"))
        + ") AS tables";
}
