using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Scoring.Comparison;

/// <summary>Compares the model with the rules.</summary>
/// <remarks>Stateless and safe to use from many threads; the same rows and seed give the same report.</remarks>
public static class ModelComparison
{
    /// <summary>Compares on leads that neither the model nor the scorecard's probability was fitted on.</summary>
    /// <param name="rows">The leads.</param>
    /// <param name="seed">Decides the bootstrap resamples.</param>
    /// <param name="resamples">At least 1; more make the ends of the intervals steadier.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no row, or a value is outside its range.</exception>
    public static ComparisonReport Compare(ComparisonRows rows, int seed, int resamples = 1000)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        rows.Check();
        EvaluationReport model = Evaluator.Evaluate(
            rows.ModelProbabilities, rows.ModelProbabilities, rows.Labels, rows.Groups, seed, Math.Min(resamples, Evaluator.DefaultResamples));
        EvaluationReport scorecard = Evaluator.Evaluate(
            rows.ScorecardProbabilities, rows.ScorecardPoints, rows.Labels, rows.Groups, seed, Math.Min(resamples, Evaluator.DefaultResamples));
        PairedReport difference = PairedEvaluator.Compare(
            rows.ModelProbabilities,
            rows.ModelProbabilities,
            rows.ScorecardProbabilities,
            rows.ScorecardPoints,
            rows.Labels,
            rows.Groups,
            seed,
            resamples);
        int accounts = VerdictRule.AccountsOfEither(rows.Labels, rows.Groups);
        Verdict verdict = VerdictRule.Of(difference, accounts);
        return new ComparisonReport
        {
            N = model.N,
            Converted = model.Positives,
            BaseRate = model.BaseRate,
            Verdict = verdict,
            Sentence = VerdictSentence.Of(verdict, model, scorecard, difference, accounts),
            Model = model,
            Scorecard = scorecard,
            Difference = difference,
            Disagreement = Disagreements.Of(rows),
            Capture = Captures.Of(rows),
            Segments = SegmentComparisons.Of(rows, seed, Math.Min(resamples, SegmentComparisons.MostResamples)),
        };
    }
}
