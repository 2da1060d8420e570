namespace LeadPredict.Learning.Training;

/// <summary>
/// Follows the level of conversion through the training rows, as far as they say that it moves: the features do not tell all that changes
/// with time, and the next leads are more like the last than like the average.
/// </summary>
/// <remarks>
/// The level takes independent steps from stretch to stretch, and each stretch shows it with the error of its few rows: the local level model
/// (Harvey, "Forecasting, structural time series models and the Kalman filter", 1989), its forecast by Kalman's filter (1960). Some of what a
/// stretch shows passes with it. How large the steps are and how much passes nobody knows; forecasts are averaged over both, weighed by how
/// likely they make the stretches (Hoeting and others, "Bayesian model averaging", 1999), so that weak evidence moves the score a little and
/// strong evidence all the way. Immutable and safe to use from many threads; the same rows give the same track.
/// </remarks>
/// <param name="Ahead">For each row, what the stretches before its own foretold, in log-odds to be added; 0 in the first.</param>
/// <param name="Next">What is foretold for the rows to come.</param>
/// <param name="Variance">Of that forecast, two stretches ahead: later rows come over some time.</param>
public sealed record LevelTrack(double[] Ahead, double Next, double Variance)
{
    /// <summary>Fewer stretches say next to nothing of how it moves.</summary>
    private const int LeastStretches = 4;

    /// <summary>The deviation of a step, and of what passes, that is exceeded as often as not: half-Cauchy (Gelman, "Prior distributions for variance parameters in hierarchical models", 2006).</summary>
    private const double UsualStep = 0.05;

    /// <summary>Of the level of the first stretch, about that of all rows, to which the scores were fitted: a fifth of a unit.</summary>
    private const double StartVariance = 0.04;

    /// <summary>Larger steps in one eighth of the rows are not looked for.</summary>
    private const double MostStep = 2;

    /// <summary>Deviations of each kind that are tried, each as likely beforehand as the others.</summary>
    private const int Tried = 20;

    /// <summary>The track, or null with fewer than 40 rows of a class: too few for four stretches.</summary>
    /// <param name="scores">Finite log-odds, one a row, of a score that was not fitted to these rows or has few parameters; rows in time order.</param>
    /// <param name="labels">0 or 1, one a row.</param>
    /// <param name="weights">At least 0, one a row.</param>
    /// <param name="groups">One a row; rows of one group tell hardly more than one.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static LevelTrack? Of(double[] scores, byte[] labels, float[] weights, int[] groups)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(groups);
        if (labels.Length != scores.Length || weights.Length != scores.Length || groups.Length != scores.Length)
        {
            throw new ArgumentException($"Got {labels.Length} labels, {weights.Length} weights and {groups.Length} groups for {scores.Length} scores; expected one of each for each.");
        }

        StretchLevel[] stretches = StretchLevel.Of(scores, labels, weights, groups);
        if (stretches.Length < LeastStretches)
        {
            return null;
        }

        double[] variances = [.. Enumerable.Range(0, Tried).Select(i => Variances((i + 0.5) / Tried))];
        Forecast[] forecasts = [.. variances.SelectMany(step => variances.Select(passing => Filter(stretches, step, passing)))];
        double most = forecasts.Max(forecast => forecast.LogLikelihood);
        double[] likely = [.. forecasts.Select(forecast => Math.Exp(forecast.LogLikelihood - most))];
        double all = likely.Sum();
        double Mean(Func<Forecast, double> of) => forecasts.Zip(likely, (forecast, weight) => weight * of(forecast)).Sum() / all;

        double next = Mean(forecast => forecast.Next);
        double variance = Mean(forecast => forecast.Variance + ((forecast.Next - next) * (forecast.Next - next)));
        double[] ahead = [.. Enumerable.Range(0, stretches.Length).Select(stretch => Mean(forecast => forecast.Ahead[stretch]))];
        return new(ByRow(stretches, ahead), next, variance);
    }

    /// <summary>The variance whose deviation so large a share of the prior lies below.</summary>
    private static double Variances(double share)
    {
        double deviation = Math.Min(MostStep, UsualStep * Math.Tan(Math.PI / 2 * share));
        return deviation * deviation;
    }

    private static Forecast Filter(StretchLevel[] stretches, double step, double passing)
    {
        var ahead = new double[stretches.Length];
        double level = 0;
        double variance = StartVariance;
        double logLikelihood = 0;
        for (int i = 0; i < stretches.Length; i++)
        {
            ahead[i] = level;
            double surprise = stretches[i].Level - level;
            double noise = stretches[i].Variance + passing;
            double expected = variance + noise;
            logLikelihood -= (Math.Log(expected) + (surprise * surprise / expected)) / 2;
            level += surprise * variance / expected;
            variance = (variance * noise / expected) + step;
        }

        return new(ahead, level, variance + step + (passing / 2), logLikelihood);
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
