using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Labels;

namespace LeadPredict.Training.Train.History;

/// <summary>A label that the horizon has decided.</summary>
/// <param name="Converted">What became of it.</param>
/// <param name="IsFirst">Whether the snapshot is the first of its episode, at the hand-over; the others look at the same episode again, or at nurturing.</param>
internal readonly record struct Decided(bool Converted, bool IsFirst);

/// <summary>One snapshot to learn from or to test on, with what became of it in each question that is asked of it.</summary>
/// <param name="leadId">The lead.</param>
/// <param name="asOf">The instant of the snapshot.</param>
/// <param name="group">The account's number; rows of one group stand on one side of the split.</param>
internal sealed class HistoryRow(string leadId, DateTimeOffset asOf, int group)
{
    private readonly long _asOf = asOf.UtcTicks;
    private PackedFeatures? _features;
    private int _featureRow;

    /// <summary>The lead.</summary>
    public string LeadId { get; } = leadId;

    /// <summary>The instant of the snapshot, in UTC.</summary>
    public DateTimeOffset AsOf => new(_asOf, TimeSpan.Zero);

    /// <summary>The account's number; rows of one group stand on one side of the split.</summary>
    public int Group { get; } = group;

    /// <summary>Whether it is the first snapshot of an episode of the funnel's entry stage: one such row a lead and episode.</summary>
    public bool IsEntry { get; private set; }

    /// <summary>Whether it became SQL in time; null where not asked.</summary>
    public Decided? Qualified { get; private set; }

    /// <summary>Whether, given SQL, it was won in time; null where not asked.</summary>
    public Decided? ClosedGivenSql { get; private set; }

    /// <summary>Whether it was won in time, counted from the entry stage; null where not asked.</summary>
    public Decided? Closed { get; private set; }

    /// <summary>How many features were read; 0 before that, and once they are forgotten.</summary>
    public int FeatureCount => _features?.Columns ?? 0;

    /// <summary>The scorecard's points, once they are counted.</summary>
    public double Points { get; set; }

    /// <summary>What is told of a judged lead beside the figures; null for the others.</summary>
    public JudgedLead? Judged { get; set; }

    /// <summary>The features in memory of their own; to read those of many rows, use <see cref="ReadFeatures"/>.</summary>
    public float[] Features()
    {
        var features = new float[FeatureCount];
        ReadFeatures(features);
        return features;
    }

    /// <summary>Writes the features into <paramref name="destination"/> and returns that.</summary>
    public ReadOnlySpan<float> ReadFeatures(Span<float> destination)
    {
        _features?.CopyRow(_featureRow, destination);
        return destination[..FeatureCount];
    }

    /// <summary>Says where the features are kept.</summary>
    public void KeepFeatures(PackedFeatures? features, int row)
    {
        _features = features;
        _featureRow = row;
    }

    /// <summary>Joins the examples that share a snapshot into rows, in order of time.</summary>
    /// <param name="examples">Examples, those of a lead one after another; censored ones have no row.</param>
    /// <param name="chosen">Which of them are joined, by their places: mature ones.</param>
    /// <param name="chained">Whether the funnel has two links.</param>
    /// <param name="groups">The number of each example's account.</param>
    public static HistoryRow[] Join(TrainingExample[] examples, Predicate<int> chosen, bool chained, ReadOnlyMemory<int> groups)
    {
        var rows = new List<HistoryRow>();
        ReadOnlySpan<int> numbers = groups.Span;
        int lead = 0;
        for (int i = 0; i < examples.Length; i++)
        {
            ref readonly TrainingExample example = ref examples[i];
            if (example.Label == Label.Censored || !chosen(i))
            {
                continue;
            }

            if (lead < rows.Count && rows[lead].LeadId != example.LeadId)
            {
                lead = rows.Count;
            }

            RowOf(example, rows, lead, numbers[i]).Take(example, chained);
        }

        return InOrder([.. rows]);
    }

    /// <summary>The example's row, among those of its lead or new.</summary>
    private static HistoryRow RowOf(in TrainingExample example, List<HistoryRow> rows, int lead, int group)
    {
        long asOf = example.AsOf.UtcTicks;
        for (int i = lead; i < rows.Count; i++)
        {
            if (rows[i]._asOf == asOf)
            {
                return rows[i];
            }
        }

        rows.Add(new(example.LeadId, example.AsOf, group));
        return rows[^1];
    }

    /// <summary>By AsOf, then lead.</summary>
    private static HistoryRow[] InOrder(HistoryRow[] rows)
    {
        Array.Sort(Array.ConvertAll(rows, row => row._asOf), rows);
        for (int start = 0, end; start < rows.Length; start = end)
        {
            for (end = start + 1; end < rows.Length && rows[end]._asOf == rows[start]._asOf;)
            {
                end++;
            }

            if (end - start > 1)
            {
                Array.Sort(rows, start, end - start, ByLead.Instance);
            }
        }

        return rows;
    }

    private void Take(in TrainingExample example, bool chained)
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

    private sealed class ByLead : IComparer<HistoryRow>
    {
        public static readonly ByLead Instance = new();

        public int Compare(HistoryRow? a, HistoryRow? b) => string.CompareOrdinal(a?.LeadId, b?.LeadId);
    }
}
