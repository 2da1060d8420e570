using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Training;

/// <summary>
/// How far conversion may have moved by the time a model is used: from how far it moved, over and above what the score explains, from one
/// stretch of the training rows to the next.
/// </summary>
/// <remarks>
/// The level of each stretch is taken to take independent steps (a random walk). Between the mean level of n stretches and the level one
/// stretch after them lie <c>n / 3 + 1</c> such steps' variance. The variance of a step is estimated by moments, what chance alone does to
/// the levels of so few rows taken off, and drawn toward what is usual, the more the less the rows say.
/// </remarks>
internal static class RateDrift
{
    /// <summary>A fifth of a log-odds unit in all: what dated tables of leads show of themselves.</summary>
    private const double UsualVariance = 0.04;

    /// <summary>So many steps without sampling error weigh as much as what is usual.</summary>
    private const double UsualWeight = 3;

    /// <summary>The variance of the level, in log-odds, that later rows may have.</summary>
    /// <param name="raw">Out-of-fold raw scores, rows in time order.</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="weights">By row.</param>
    /// <param name="groups">By row.</param>
    /// <param name="curve">The calibration.</param>
    public static double Variance(double[] raw, byte[] labels, float[] weights, int[] groups, CalibrationCurve curve)
    {
        double[] scores = [.. raw.Select(score => LogOdds.Of(Math.Clamp(curve.Probability(score), 1e-6, 1 - 1e-6)))];
        StretchLevel[] levels = StretchLevel.Of(scores, labels, weights, groups);
        if (levels.Length == 0)
        {
            return UsualVariance;
        }

        double reach = (levels.Length / 3.0) + 1;
        double usualStep = UsualVariance / reach;
        double sum = UsualWeight * usualStep;
        double weight = UsualWeight;
        for (int i = 1; i < levels.Length; i++)
        {
            double chance = levels[i].Variance + levels[i - 1].Variance;
            double move = levels[i].Level - levels[i - 1].Level;

            // A step is worth less the more of it may be chance; moments weigh with the square of the variance to be found.
            double says = usualStep / (usualStep + chance);
            weight += says * says;
            sum += says * says * ((move * move) - chance);
        }

        return Math.Max(0, sum / weight) * reach;
    }
}
