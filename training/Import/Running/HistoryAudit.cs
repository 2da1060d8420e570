using System.Globalization;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;
using LeadPredict.Storage;

namespace LeadPredict.Training.Import.Running;

/// <summary>A contradiction in the history of a lead.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Kind"><c>beforeCreation</c>, <c>recordedBeforeItHappened</c> or <c>inTheFuture</c>.</param>
/// <param name="What">What contradicts what, in words.</param>
internal sealed record Anomaly(string LeadId, string Kind, string What);

/// <summary>How many contradictions there are, and the first of them.</summary>
internal sealed record AnomalyReport(long Count, IReadOnlyList<Anomaly> First);

/// <summary>What looking through a store came to.</summary>
/// <param name="Anomalies">Rows that contradict each other.</param>
/// <param name="Notes">What contradicts nothing and is worth knowing, a sentence each.</param>
internal sealed record AuditReport(AnomalyReport Anomalies, IReadOnlyList<string> Notes);

/// <summary>
/// Looks through a whole store for rows that contradict each other. They are kept: which of the two is wrong only the company can
/// say. Touches before a lead's creation are none: people visit before they leave a name.
/// </summary>
internal static class HistoryAudit
{
    private const int MostListed = 100;

    public static async Task<AuditReport> RunAsync(IHistoryStore store, DateTimeOffset now, CancellationToken ct)
    {
        long count = 0;
        var first = new List<Anomaly>();
        var deals = new DealsWithoutMove();
        long negative = 0;
        string? example = null;
        await foreach (AccountHistory account in store.ReadAccountsAsync(ct))
        {
            foreach (LeadHistory lead in account.Leads)
            {
                deals.Add(lead);
                int lower = lead.Outcomes.Count(outcome => outcome is { Won: true, Amount: < 0 });
                negative += lower;
                example ??= lower > 0 ? lead.Lead.Id : null;
            }

            foreach (Anomaly anomaly in account.Leads.SelectMany(lead => Find(lead, now)))
            {
                count++;
                if (first.Count < MostListed)
                {
                    first.Add(anomaly);
                }
            }
        }

        string[] amounts = negative == 0
            ? []
            : [FormattableString.Invariant($"Won deals with a negative amount: {negative:N0}, the first of them of lead '{example}'. They are kept and lower the revenue, as refunds do.")];
        return new(new(count, first), [.. deals.Warnings(), .. amounts]);
    }

    private static IEnumerable<Anomaly> Find(LeadHistory lead, DateTimeOffset now)
    {
        foreach (StageTransition transition in lead.Transitions.Where(row => row.OccurredAt < lead.Lead.CreatedAt))
        {
            yield return Early(lead.Lead, transition.To.ToString(), transition.OccurredAt);
        }

        foreach (Outcome outcome in lead.Outcomes.Where(row => row.OccurredAt < lead.Lead.CreatedAt && !Told(lead, row)))
        {
            yield return Early(lead.Lead, outcome.Won ? "won" : "lost", outcome.OccurredAt);
        }

        foreach ((string what, HistoryRow row) in Rows(lead).Where(entry => entry.Row.RecordedAt < entry.Row.OccurredAt))
        {
            yield return new(
                lead.Lead.Id, "recordedBeforeItHappened", $"{what} at {Shown(row.OccurredAt)} was recorded before, at {Shown(row.RecordedAt)}");
        }

        foreach (Anomaly ahead in Ahead(lead, now))
        {
            yield return ahead;
        }
    }

    // Planned meetings are usual and mistyped years happen: neither tells until when the history is observed.
    private static IEnumerable<Anomaly> Ahead(LeadHistory lead, DateTimeOffset now) => Rows(lead).Where(entry => entry.Row.RecordedAt > now)
        .Select(entry => new Anomaly(lead.Lead.Id, "inTheFuture", $"{entry.What} is recorded as of {Shown(entry.Row.RecordedAt)}, which lies ahead; it is not seen before"));

    // A deal's outcome and its transition tell of one thing: one anomaly.
    private static bool Told(LeadHistory lead, Outcome outcome) => lead.Transitions.Any(row => row.OccurredAt == outcome.OccurredAt);

    private static IEnumerable<(string What, HistoryRow Row)> Rows(LeadHistory lead) =>
        lead.Transitions.Select(row => (row.To.ToString(), (HistoryRow)row))
            .Concat(lead.Touches.Select(row => (row.Type, (HistoryRow)row)))
            .Concat(lead.Attributes.Select(row => ($"attribute {row.Name}", (HistoryRow)row)));

    private static Anomaly Early(Lead lead, string what, DateTimeOffset at) => new(
        lead.Id,
        "beforeCreation",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{what} at {Shown(at)} lies {(lead.CreatedAt - at).TotalDays:0.##} days before the lead's creation at {Shown(lead.CreatedAt)}"));

    private static string Shown(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
