using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Snapshots;

namespace LeadPredict.Training.Train.History;

/// <summary>A lead on which model and rules are judged.</summary>
/// <param name="Segments">Its segments, in the order of <see cref="Attributes"/>.</param>
/// <param name="Amount">What its won deals brought in all in the company's main currency, or null.</param>
internal sealed record JudgedLead(string[] Segments, decimal? Amount)
{
    /// <summary>What leads are judged by, part by part.</summary>
    public static readonly IReadOnlyList<string> Attributes = ["source", "industry", "employees", "country"];

    /// <param name="snapshot">As the lead was known.</param>
    /// <param name="lead">As it is known by now: what the deal brought.</param>
    /// <param name="currency">The company's main currency, or null.</param>
    public static JudgedLead Of(Snapshot snapshot, LeadHistory lead, string? currency)
    {
        Outcome[] won = [.. lead.Outcomes.Where(outcome =>
            outcome is { Won: true, Amount: not null } && (outcome.Currency ?? "") == currency && outcome.OccurredAt >= snapshot.AsOf)];
        return new(
            [.. Attributes.Select((name, i) => i == 0 ? SegmentNames.Of(snapshot.Lead.Source) : SegmentNames.Of(snapshot.Attributes.GetValueOrDefault(name)))],
            won.Length == 0 ? null : won.Sum(outcome => outcome.Amount!.Value));
    }

    /// <summary>What each row's deals brought; NaN for the others.</summary>
    public static double[] AmountsOf(IEnumerable<HistoryRow> rows) => [.. rows.Select(row => row.Judged?.Amount is { } amount ? (double)amount : double.NaN)];

    /// <summary>The rows' segments by attribute; empty when nothing is told of one of them.</summary>
    public static Dictionary<string, string[]> SegmentsOf(IReadOnlyList<HistoryRow> rows) => rows.Any(row => row.Judged is null)
        ? []
        : Attributes.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => rows.Select(row => row.Judged!.Segments[pair.i]).ToArray());
}
