using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Scoring.Comparison;

/// <summary>Model against rules among the leads of each value of one attribute.</summary>
/// <param name="Attribute">The attribute, or <c>source</c>.</param>
/// <param name="Groups">The largest first; values of few leads are not told.</param>
public sealed record SegmentComparison(string Attribute, IReadOnlyList<GroupComparison> Groups);

/// <summary>Model against rules in one group.</summary>
/// <param name="Name">The value.</param>
/// <param name="N">Leads.</param>
/// <param name="Converted">Leads that converted.</param>
/// <param name="ModelPredicted">How many the model's probabilities had promised.</param>
/// <param name="RulesPredicted">How many the rules' had.</param>
/// <param name="LogLoss">Log loss of the model minus that of the rules; below 0 the model is better.</param>
/// <param name="Auc">AUC of the model minus that of the rules; above 0 the model ranks better.</param>
/// <param name="Verdict">Which to believe here, by the same rule as overall; of many groups one in twenty or so is crowned by chance.</param>
public sealed record GroupComparison(
    string Name, int N, int Converted, double ModelPredicted, double RulesPredicted, Metric LogLoss, Metric Auc, Verdict Verdict);

/// <summary>Compares segment by segment.</summary>
internal static class SegmentComparisons
{
    /// <summary>Of smaller groups nothing can be told.</summary>
    public const int FewestLeads = 30;

    /// <summary>Enough for intervals that are looked at by the dozen.</summary>
    public const int MostResamples = 200;

    private const int MostGroups = 12;

    public static IReadOnlyList<SegmentComparison> Of(ComparisonRows rows, int seed, int resamples) =>
    [
        .. rows.Segments.Select(segment => new SegmentComparison(
            segment.Key,
            [.. Enumerable.Range(0, rows.Labels.Length)
                .GroupBy(row => segment.Value[row], StringComparer.Ordinal)
                .Select(group => (group.Key, Rows: group.ToArray()))
                .Where(group => group.Rows.Length >= FewestLeads)
                .OrderByDescending(group => group.Rows.Length).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Take(MostGroups)
                .Select(group => Group(rows, group.Key, group.Rows, seed, resamples))]))
            .Where(segment => segment.Groups.Count > 1),
    ];

    private static GroupComparison Group(ComparisonRows rows, string name, int[] part, int seed, int resamples)
    {
        T[] Of<T>(T[] all) => [.. part.Select(row => all[row])];
        double[] model = Of(rows.ModelProbabilities);
        double[] rules = Of(rows.ScorecardProbabilities);
        byte[] labels = Of(rows.Labels);
        int[] accounts = Of(rows.Groups);
        PairedReport difference = PairedEvaluator.Compare(model, model, rules, Of(rows.ScorecardPoints), labels, accounts, seed, resamples);
        Verdict verdict = VerdictRule.Of(difference, VerdictRule.AccountsOfEither(labels, accounts));
        return new(name, part.Length, labels.Sum(label => label), model.Sum(), rules.Sum(), difference.LogLoss, difference.Auc, verdict);
    }
}
