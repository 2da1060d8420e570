namespace LeadPredict.Learning.Training;

/// <summary>
/// Follows the level of conversion through the training rows, where it moves by more than chance: the features do not tell all that changes
/// with time, and the next leads are more like the last than like the average.
/// </summary>
/// <remarks>
/// The level takes independent steps from stretch to stretch, and each stretch shows it with the error of its few rows: the local level model
/// (Harvey, "Forecasting, structural time series models and the Kalman filter", 1989), its forecast by Kalman's filter (1960), the variance of
/// a step by maximum likelihood. Where a level that stands still explains the stretches about as well, nothing is followed.
/// </remarks>
/// <param name="Ahead">For each row, what the stretches before its own foretold; 0 in the first.</param>
/// <param name="Next">What is foretold for the rows to come.</param>
/// <param name="Variance">Of that forecast.</param>
internal sealed record LevelTrack(double[] Ahead, double Next, double Variance)
{
    /// <summary>Of fewer stretches nobody can tell a movement from chance.</summary>
    private const int LeastStretches = 4;

    /// <summary>A level that stands still seems to move so much only 1 time in 20: chi-squared with half its weight at 0 (Self and Liang, 1987).</summary>
    private const double Evidence = 2.71;

    private const double LeastStep = 1e-4;
    private const double MostStep = 1;
    private const double Finer = 1.25;

    /// <summary>The track, or null where the level may as well have stood still.</summary>
    /// <param name="scores">Out of fold, in log-odds; rows in time order.</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="weights">By row.</param>
    /// <param name="groups">By row.</param>
    public static LevelTrack? Of(double[] scores, byte[] labels, float[] weights, int[] groups)
    {
        StretchLevel[] stretches = StretchLevel.Of(scores, labels, weights, groups);
        if (stretches.Length < LeastStretches)
        {
            return null;
        }

        Forecast best = Filter(stretches, 0);
        double still = best.LogLikelihood;
        for (double step = LeastStep; step <= MostStep; step *= Finer)
        {
            Forecast forecast = Filter(stretches, step);
            best = forecast.LogLikelihood > best.LogLikelihood ? forecast : best;
        }

        return 2 * (best.LogLikelihood - still) < Evidence ? null : new(ByRow(stretches, best.Ahead), best.Next, best.Variance);
    }

    private static Forecast Filter(StretchLevel[] stretches, double step)
    {
        var ahead = new double[stretches.Length];
        double level = stretches[0].Level;
        double variance = stretches[0].Variance + step;
        double logLikelihood = 0;
        for (int i = 1; i < stretches.Length; i++)
        {
            ahead[i] = level;
            double surprise = stretches[i].Level - level;
            double expected = variance + stretches[i].Variance;
            logLikelihood -= (Math.Log(expected) + (surprise * surprise / expected)) / 2;
            level += surprise * variance / expected;
            variance = (variance * stretches[i].Variance / expected) + step;
        }

        return new(ahead, level, variance, logLikelihood);
    }

    private static double[] ByRow(StretchLevel[] stretches, double[] levels)
    {
        var rows = new double[stretches[^1].End];
        for (int i = 0; i < stretches.Length; i++)
        {
            rows.AsSpan(stretches[i].Start..stretches[i].End).Fill(levels[i]);
        }

        return rows;
    }

    private sealed record Forecast(double[] Ahead, double Next, double Variance, double LogLikelihood);
}
