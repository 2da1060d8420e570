using LeadPredict.Funnel.Time;

namespace LeadPredict.Storage.Rows;

/// <summary>One table's line of the summary.</summary>
internal sealed class StoredCount
{
    /// <summary>Stands for no instant: instants begin at 0.</summary>
    private const long None = -1;

    public string Kind { get; set; } = "";

    public long Rows { get; set; }

    public long First { get; set; }

    public long Last { get; set; }

    public long Recorded { get; set; }

    public static HistorySummary Summarize(IReadOnlyList<StoredCount> tables)
    {
        long Count(string kind) => tables.Single(table => table.Kind == kind).Rows;
        return new()
        {
            Accounts = Count("accounts"),
            Leads = Count("leads"),
            Touches = Count("touches"),
            Attributes = Count("attributes"),
            Transitions = Count("transitions"),
            Outcomes = Count("outcomes"),
            FirstOccurredAt = Instant(tables.Select(table => table.First).Where(first => first != None).DefaultIfEmpty(None).Min()),
            LastOccurredAt = Instant(tables.Max(table => table.Last)),
            LastRecordedAt = Instant(tables.Max(table => table.Recorded)),
        };
    }

    private static DateTimeOffset? Instant(long microseconds) =>
        microseconds == None ? null : UtcTime.FromMicroseconds(microseconds);
}
