using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Labels;

namespace LeadPredict.Training.Train.History;

/// <summary>A label that the horizon has decided.</summary>
/// <param name="Converted">What became of it.</param>
/// <param name="IsFirst">Whether the snapshot is the first of its episode, at the hand-over; the others look at the same episode again, or at nurturing.</param>
internal readonly record struct Decided(bool Converted, bool IsFirst);

/// <summary>One snapshot to learn from or to test on, with what became of it in each question that is asked of it.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="AsOf">The instant of the snapshot.</param>
/// <param name="Group">The account's number; rows of one group stand on one side of the split.</param>
internal sealed record HistoryRow(string LeadId, DateTimeOffset AsOf, int Group)
{
    /// <summary>Whether it is the first snapshot of an episode of the funnel's entry stage: one such row a lead and episode.</summary>
    public bool IsEntry { get; private set; }

    /// <summary>Whether it became SQL in time; null where not asked.</summary>
    public Decided? Qualified { get; private set; }

    /// <summary>Whether, given SQL, it was won in time; null where not asked.</summary>
    public Decided? ClosedGivenSql { get; private set; }

    /// <summary>Whether it was won in time, counted from the entry stage; null where not asked.</summary>
    public Decided? Closed { get; private set; }

    /// <summary>The features, once they are read.</summary>
    public ArraySegment<float> Features { get; set; } = [];

    /// <summary>The scorecard's points, once they are counted.</summary>
    public double Points { get; set; }

    /// <summary>What is told of a judged lead beside the figures; null for the others.</summary>
    public JudgedLead? Judged { get; set; }

    /// <summary>Joins the examples that share a snapshot into rows, in order of time.</summary>
    /// <param name="examples">Mature examples of one side of a split; censored ones have no row.</param>
    /// <param name="chained">Whether the funnel has two links.</param>
    /// <param name="groups">Numbers the accounts; shared by both sides.</param>
    public static List<HistoryRow> Join(IReadOnlyList<TrainingExample> examples, bool chained, Dictionary<string, int> groups)
    {
        var rows = new Dictionary<(string, DateTimeOffset), HistoryRow>();
        for (int i = 0; i < examples.Count; i++)
        {
            TrainingExample example = examples[i];
            if (example.Label == Label.Censored)
            {
                continue;
            }

            if (!groups.TryGetValue(example.GroupKey, out int group))
            {
                groups[example.GroupKey] = group = groups.Count;
            }

            if (!rows.TryGetValue((example.LeadId, example.AsOf), out HistoryRow? row))
            {
                rows[(example.LeadId, example.AsOf)] = row = new(example.LeadId, example.AsOf, group);
            }

            row.Take(example, chained);
        }

        return [.. rows.Values.OrderBy(row => row.AsOf).ThenBy(row => row.LeadId, StringComparer.Ordinal)];
    }

    private void Take(TrainingExample example, bool chained)
    {
        var decided = new Decided(example.Label == Label.Converted, example is { IsEpisodeStart: true, IsRecycled: false });
        switch (example.Target)
        {
            case Target.Qualify:
                Qualified = decided;
                IsEntry |= example.IsEpisodeStart && !example.IsRecycled;
                break;
            case Target.Chain:
                Closed = decided;
                IsEntry |= example.IsEpisodeStart && !example.IsRecycled;
                break;
            case Target.Close when chained:
                ClosedGivenSql = decided;
                break;
            case Target.Close:
                Closed = decided;
                IsEntry |= example.IsEpisodeStart && !example.IsRecycled;
                break;
        }
    }
}
