namespace LeadPredict.Learning.Evaluation;

/// <summary>Measures probabilities against what happened.</summary>
/// <remarks>Stateless and safe to use from many threads; the same input and seed give the same report. Rows are sorted once, whatever the number of resamples.</remarks>
public static class Evaluator
{
    /// <summary>How many bootstrap resamples unless told otherwise.</summary>
    public const int DefaultResamples = 200;

    private const int BandCount = 10;

    /// <summary>Evaluates probabilities, ranking by them.</summary>
    /// <param name="probabilities">From 0 to 1, one for each row; none missing.</param>
    /// <param name="labels">0 or 1, one for each row, at least one row; with one class alone the figures that need both are undefined (NaN).</param>
    /// <param name="groups">Rows with the same number are resampled together; empty means each row on its own. With one group intervals are undefined.</param>
    /// <param name="seed">Decides the resamples.</param>
    /// <param name="resamples">At least 0; with 0 the intervals are undefined.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no row, or a value is outside its range.</exception>
    public static EvaluationReport Evaluate(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<byte> labels, ReadOnlySpan<int> groups, int seed, int resamples = DefaultResamples) =>
        Evaluate(probabilities, probabilities, labels, groups, seed, resamples);

    /// <summary>Evaluates probabilities, ranking by scores of another scale: a calibrated probability may tie what its score tells apart.</summary>
    /// <param name="probabilities">From 0 to 1, one for each row; none missing.</param>
    /// <param name="ranking">What rows are ranked by, one for each row, any scale, no NaN; higher means likelier.</param>
    /// <param name="labels">0 or 1, one for each row, at least one row.</param>
    /// <param name="groups">Rows with the same number are resampled together; empty means each row on its own. With one group intervals are undefined.</param>
    /// <param name="seed">Decides the resamples.</param>
    /// <param name="resamples">At least 0; with 0 the intervals are undefined.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no row, or a value is outside its range.</exception>
    public static EvaluationReport Evaluate(
        ReadOnlySpan<double> probabilities,
        ReadOnlySpan<double> ranking,
        ReadOnlySpan<byte> labels,
        ReadOnlySpan<int> groups,
        int seed,
        int resamples = DefaultResamples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(resamples);
        EvaluationRows.CheckLabels(labels);
        EvaluationRows.CheckProbabilities(probabilities, labels.Length, nameof(probabilities));
        EvaluationRows.CheckScores(ranking, labels.Length, nameof(ranking));
        EvaluationRows.CheckGroups(groups, labels.Length);

        ScoredRows rows = new(probabilities, ranking, labels);
        CalibrationLine line = new(probabilities, labels);
        CalibrationFigures bins = new(probabilities, labels);
        int[] counts = new int[labels.Length];
        Array.Fill(counts, 1);

        RowFigures whole = rows.Figures(counts);
        var ece = new Metric(bins.Ece(), double.NaN, double.NaN);
        double intercept = line.Intercept(counts);
        (double Intercept, double Slope) slope = line.Slope(counts, (0.0, 1.0));

        GroupBootstrap bootstrap = new(groups, labels.Length, seed, resamples);
        RowFigures[] drawn = new RowFigures[bootstrap.Resamples];
        double[] drawnIntercept = new double[bootstrap.Resamples];
        double[] drawnSlope = new double[bootstrap.Resamples];
        for (int i = 0; i < bootstrap.Resamples; i++)
        {
            bootstrap.Draw(counts);
            drawn[i] = rows.Figures(counts);
            drawnIntercept[i] = line.Intercept(counts, intercept);
            drawnSlope[i] = line.Slope(counts, slope).Slope;
        }

        Metric Interval(Func<RowFigures, double> figure) =>
            GroupBootstrap.Interval(figure(whole), Array.ConvertAll(drawn, d => figure(d)));

        int positives = labels.Count((byte)1);
        return new EvaluationReport
        {
            N = labels.Length,
            Positives = positives,
            BaseRate = (double)positives / labels.Length,
            LogLoss = Interval(f => f.LogLoss),
            Brier = Interval(f => f.Brier),
            Ece = ece,
            EceByChance = bins.EceByChance(),
            CalibrationSlope = GroupBootstrap.Interval(slope.Slope, drawnSlope),
            CalibrationIntercept = GroupBootstrap.Interval(intercept, drawnIntercept),
            Auc = Interval(f => f.Rank.Auc),
            PrAuc = Interval(f => f.Rank.PrAuc),
            LiftAt10 = Interval(f => f.Rank.LiftAt10),
            LiftAt20 = Interval(f => f.Rank.LiftAt20),
            PrecisionAt10 = Interval(f => f.Rank.PrecisionAt10),
            PrecisionAt20 = Interval(f => f.Rank.PrecisionAt20),
            Reliability = bins.Bins(),
            Bands = ScoreBands.Of(ranking, labels, BandCount),
        };
    }
}
