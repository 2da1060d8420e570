namespace LeadPredict.Learning.Evaluation;

/// <summary>Compares two scorers on the same rows.</summary>
/// <remarks>
/// Both are measured on the same resamples, so what makes a resample easy or hard for both cancels out: the intervals of the differences are
/// far narrower than those of the figures. Stateless and safe to use from many threads; the same input and seed give the same report.
/// </remarks>
public static class PairedEvaluator
{
    /// <summary>Compares probabilities, ranking by them.</summary>
    /// <param name="probabilitiesA">From 0 to 1, one for each row.</param>
    /// <param name="probabilitiesB">From 0 to 1, one for each row.</param>
    /// <param name="labels">0 or 1, one for each row, at least one row.</param>
    /// <param name="groups">Rows with the same number are resampled together; empty means each row on its own. With one group intervals are undefined.</param>
    /// <param name="seed">Decides the resamples.</param>
    /// <param name="resamples">At least 0; with 0 the intervals are undefined.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no row, or a value is outside its range.</exception>
    public static PairedReport Compare(
        ReadOnlySpan<double> probabilitiesA,
        ReadOnlySpan<double> probabilitiesB,
        ReadOnlySpan<byte> labels,
        ReadOnlySpan<int> groups,
        int seed,
        int resamples = Evaluator.DefaultResamples) =>
        Compare(probabilitiesA, probabilitiesA, probabilitiesB, probabilitiesB, labels, groups, seed, resamples);

    /// <summary>Compares probabilities, ranking by scores of another scale; see <see cref="Evaluator"/>.</summary>
    /// <param name="probabilitiesA">From 0 to 1, one for each row.</param>
    /// <param name="rankingA">What A ranks by, one for each row, no NaN; higher means likelier.</param>
    /// <param name="probabilitiesB">From 0 to 1, one for each row.</param>
    /// <param name="rankingB">What B ranks by, one for each row, no NaN; higher means likelier.</param>
    /// <param name="labels">0 or 1, one for each row, at least one row.</param>
    /// <param name="groups">Rows with the same number are resampled together; empty means each row on its own. With one group intervals are undefined.</param>
    /// <param name="seed">Decides the resamples.</param>
    /// <param name="resamples">At least 0; with 0 the intervals are undefined.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no row, or a value is outside its range.</exception>
    public static PairedReport Compare(
        ReadOnlySpan<double> probabilitiesA,
        ReadOnlySpan<double> rankingA,
        ReadOnlySpan<double> probabilitiesB,
        ReadOnlySpan<double> rankingB,
        ReadOnlySpan<byte> labels,
        ReadOnlySpan<int> groups,
        int seed,
        int resamples = Evaluator.DefaultResamples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(resamples);
        EvaluationRows.CheckLabels(labels);
        EvaluationRows.CheckProbabilities(probabilitiesA, labels.Length, nameof(probabilitiesA));
        EvaluationRows.CheckScores(rankingA, labels.Length, nameof(rankingA));
        EvaluationRows.CheckProbabilities(probabilitiesB, labels.Length, nameof(probabilitiesB));
        EvaluationRows.CheckScores(rankingB, labels.Length, nameof(rankingB));
        EvaluationRows.CheckGroups(groups, labels.Length);

        ScoredRows a = new(probabilitiesA, rankingA, labels);
        ScoredRows b = new(probabilitiesB, rankingB, labels);
        int[] counts = new int[labels.Length];
        Array.Fill(counts, 1);
        (RowFigures A, RowFigures B) whole = (a.Figures(counts), b.Figures(counts));
        GroupBootstrap bootstrap = new(groups, labels.Length, seed, resamples);
        (RowFigures A, RowFigures B)[] drawn = new (RowFigures, RowFigures)[bootstrap.Resamples];
        for (int i = 0; i < drawn.Length; i++)
        {
            bootstrap.Draw(counts);
            drawn[i] = (a.Figures(counts), b.Figures(counts));
        }

        Metric Difference(Func<RowFigures, double> figure) => GroupBootstrap.Interval(
            figure(whole.A) - figure(whole.B), Array.ConvertAll(drawn, d => figure(d.A) - figure(d.B)));

        return new PairedReport
        {
            N = labels.Length,
            Positives = labels.Count((byte)1),
            LogLoss = Difference(f => f.LogLoss),
            Brier = Difference(f => f.Brier),
            Auc = Difference(f => f.Rank.Auc),
            PrAuc = Difference(f => f.Rank.PrAuc),
            LiftAt10 = Difference(f => f.Rank.LiftAt10),
            LiftAt20 = Difference(f => f.Rank.LiftAt20),
            PrecisionAt10 = Difference(f => f.Rank.PrecisionAt10),
            PrecisionAt20 = Difference(f => f.Rank.PrecisionAt20),
        };
    }
}
