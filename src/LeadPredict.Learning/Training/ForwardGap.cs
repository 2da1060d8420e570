using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Training;

/// <summary>
/// How far off the level of later rows is when a model knew the earlier ones alone: out-of-fold scores know rows from before and after each
/// row, and so do not show what a market that moves does to a score of tomorrow.
/// </summary>
internal static class ForwardGap
{
    /// <summary>The deviation of the gap that is exceeded as often as not: half-Cauchy (Gelman, "Prior distributions for variance parameters in hierarchical models", 2006).</summary>
    private const double Usual = 0.2;

    private const double Most = 2;
    private const int Tried = 40;

    /// <summary>The variance of such a gap, in log-odds: its mean deviation over what the one gap that is seen leaves likely, squared; 0 where none can be seen.</summary>
    /// <param name="learner">Prepared for the table.</param>
    /// <param name="table">Rows in time order, without offsets.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static double Variance(IPreparedLearner learner, TrainingTable table, CancellationToken cancellation)
    {
        LaterSlice slice = LaterSlice.Of(table);
        int positives = slice.Earlier.Count(row => table.Labels[row] == 1);
        if (positives == 0 || positives == slice.Earlier.Length)
        {
            return 0;
        }

        var scores = new double[table.RowCount];
        learner.Fit(slice.Earlier, cancellation).ScoreInto(table.Features, slice.Later, scores);
        StretchLevel seen = StretchLevel.Fit(scores, table.Labels, table.Weights, table.Groups, slice.Later[0], table.RowCount);
        double[] deviations = [.. Enumerable.Range(0, Tried).Select(i => Math.Min(Most, Usual * Math.Tan(Math.PI / 2 * (i + 0.5) / Tried)))];
        double[] likely = [.. deviations.Select(deviation => Likely(seen.Level, (deviation * deviation) + seen.Variance))];
        double mean = deviations.Zip(likely, (deviation, weight) => deviation * weight).Sum() / likely.Sum();
        return mean * mean;
    }

    private static double Likely(double gap, double variance) => Math.Exp(-gap * gap / (2 * variance)) / Math.Sqrt(variance);
}
