namespace LeadPredict.Learning.Calibration;

/// <summary>Fits calibration curves to raw scores of rows that the scoring model was not fitted on.</summary>
/// <remarks>Stateless and safe to use from many threads; the same input gives the same curve.</remarks>
public static class CalibrationFitter
{
    /// <summary>Fewer rows than this of either class cannot tell one method from another: <see cref="Choose"/> then keeps scores as they are.</summary>
    public const int MinimumPerClass = 10;

    /// <summary>
    /// With fewer rows than this of either class <see cref="Choose"/> leaves the isotonic curve out: its steps then are a few conversions each, and neighbours are told several times different chances
    /// (Niculescu-Mizil and Caruana, "Predicting good probabilities with supervised learning", 2005, find it worse than a sigmoid below some thousand rows).
    /// </summary>
    public const int MinimumForIsotonic = 200;

    /// <summary>From the fewest to the most free parameters.</summary>
    private static readonly CalibrationMethod[] Methods =
        [CalibrationMethod.None, CalibrationMethod.Sigmoid, CalibrationMethod.Beta, CalibrationMethod.Isotonic];

    /// <summary>Fits one method.</summary>
    /// <param name="method">The method; <see cref="CalibrationMethod.Auto"/> is <see cref="Choose"/> with seed 0 and each row its own group.</param>
    /// <param name="raw">Raw scores (log-odds), one for each row, finite; out of fold or of later rows.</param>
    /// <param name="labels">0 or 1, one for each row; at least one row. One class alone gives a curve near that class, never at it.</param>
    /// <param name="weights">A weight of at least 0 for each row, not all 0, counted as that many examples; empty means 1 for all.</param>
    /// <returns>A curve that never falls. Scores that rank the wrong way round get the base rate from every method but None.</returns>
    /// <exception cref="ArgumentException">Lengths differ, there is no row or no weight, or a value is outside its range.</exception>
    public static CalibrationCurve Fit(CalibrationMethod method, ReadOnlySpan<double> raw, ReadOnlySpan<byte> labels, ReadOnlySpan<float> weights) =>
        method == CalibrationMethod.Auto
            ? Choose(raw, labels, weights, [], seed: 0).Curve
            : Fit(method, CalibrationSample.Create(raw, labels, weights));

    /// <summary>
    /// Chooses among the methods by log loss on rows that the candidate curve was not fitted on, and fits the chosen one on all rows.
    /// </summary>
    /// <remarks>
    /// Going from the simplest method to the freest, a method replaces the one chosen so far only when its gain in log loss is more
    /// than one standard error of that gain, with the rows of one group taken together: the one-standard-error rule of Breiman,
    /// Friedman, Olshen and Stone, "Classification and regression trees", 1984. A free curve that gains a little by luck on one sample loses on the next.
    /// </remarks>
    /// <param name="raw">Raw scores (log-odds), one for each row, finite; out of fold or of later rows.</param>
    /// <param name="labels">0 or 1, one for each row; with fewer than <see cref="MinimumPerClass"/> of either the choice is None and no candidate is tried.</param>
    /// <param name="weights">A weight of at least 0 for each row, not all 0; empty means 1 for all.</param>
    /// <param name="groups">Rows with the same number stay in one fold; empty means each row on its own.</param>
    /// <param name="seed">Decides which groups share a fold.</param>
    /// <param name="folds">How many folds, at least 2; default 5.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no row or no weight, or a value is outside its range.</exception>
    public static CalibrationChoice Choose(
        ReadOnlySpan<double> raw, ReadOnlySpan<byte> labels, ReadOnlySpan<float> weights, ReadOnlySpan<int> groups, int seed, int folds = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        CalibrationSample sample = CalibrationSample.Create(raw, labels, weights);
        if (groups.Length != 0 && groups.Length != raw.Length)
        {
            throw new ArgumentException(FormattableString.Invariant($"Got {groups.Length} groups for {raw.Length} rows; expected one for each row, or none."), nameof(groups));
        }

        int positives = sample.Labels.Count(label => label != 0);
        if (Math.Min(positives, sample.Labels.Length - positives) < MinimumPerClass)
        {
            return new CalibrationChoice(CalibrationMethod.None, new IdentityCurve(), []);
        }

        int[] groupOf = GroupFolds.Number(groups, raw.Length);
        int[] foldOf = GroupFolds.Deal(sample.Labels, groupOf, folds, seed);
        List<CalibrationCandidate> candidates = [];
        CalibrationMethod chosen = CalibrationMethod.None;
        double[] chosenLosses = [];
        foreach (CalibrationMethod method in Methods.Where(method => method != CalibrationMethod.Isotonic || Math.Min(positives, sample.Labels.Length - positives) >= MinimumForIsotonic))
        {
            double[] losses = OutOfFoldLosses(method, sample, foldOf);
            double mean = WeightedMean(losses, sample);
            if (candidates.Count == 0)
            {
                chosenLosses = losses;
                candidates.Add(new CalibrationCandidate(method, mean, 0.0, 0.0));
                continue;
            }

            double[] gains = [.. chosenLosses.Zip(losses, (old, now) => old - now)];
            double gain = WeightedMean(gains, sample);
            double error = GroupedStandardError(gains, gain, sample, groupOf);
            candidates.Add(new CalibrationCandidate(method, mean, gain, error));
            if (gain > error)
            {
                chosen = method;
                chosenLosses = losses;
            }
        }

        return new CalibrationChoice(chosen, Fit(chosen, sample), candidates);
    }

    private static CalibrationCurve Fit(CalibrationMethod method, CalibrationSample sample) => method switch
    {
        CalibrationMethod.None => new IdentityCurve(),
        CalibrationMethod.Sigmoid => SigmoidFit.Fit(sample),
        CalibrationMethod.Beta => BetaFit.Fit(sample),
        CalibrationMethod.Isotonic => IsotonicFit.Fit(sample),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Expected none, sigmoid, beta or isotonic."),
    };

    /// <summary>Each row's probability by a curve of one method fitted to the other folds, so that it flatters nobody.</summary>
    /// <param name="method">Not <see cref="CalibrationMethod.Auto"/>.</param>
    /// <param name="raw">As for <see cref="Fit(CalibrationMethod, ReadOnlySpan{double}, ReadOnlySpan{byte}, ReadOnlySpan{float})"/>.</param>
    /// <param name="labels">As there.</param>
    /// <param name="weights">As there.</param>
    /// <param name="folds">The fold of each row, from 0.</param>
    internal static double[] OutOfFold(CalibrationMethod method, ReadOnlySpan<double> raw, ReadOnlySpan<byte> labels, ReadOnlySpan<float> weights, int[] folds) =>
        OutOfFold(method, CalibrationSample.Create(raw, labels, weights), folds);

    private static double[] OutOfFold(CalibrationMethod method, CalibrationSample sample, int[] folds)
    {
        var probabilities = new double[folds.Length];
        for (int fold = 0; fold <= folds.Max(); fold++)
        {
            CalibrationSample others = sample.Select([.. Enumerable.Range(0, folds.Length).Where(row => folds[row] != fold)]);
            CalibrationCurve curve = others.TotalWeight > 0.0 ? Fit(method, others) : new IdentityCurve();
            for (int row = 0; row < folds.Length; row++)
            {
                if (folds[row] == fold)
                {
                    probabilities[row] = curve.Probability(sample.Raw[row]);
                }
            }
        }

        return probabilities;
    }

    /// <summary>Log loss of each row under a curve fitted on the other folds.</summary>
    private static double[] OutOfFoldLosses(CalibrationMethod method, CalibrationSample sample, int[] folds) =>
        [.. OutOfFold(method, sample, folds).Select((probability, row) => LogOdds.Loss(probability, sample.Labels[row] != 0))];

    private static double WeightedMean(double[] values, CalibrationSample sample)
    {
        double sum = 0.0;
        for (int row = 0; row < values.Length; row++)
        {
            sum += sample.Weights[row] * values[row];
        }

        return sum / sample.TotalWeight;
    }

    private static double GroupedStandardError(double[] values, double mean, CalibrationSample sample, int[] groupOf)
    {
        double[] deviations = new double[groupOf.Max() + 1];
        for (int row = 0; row < values.Length; row++)
        {
            deviations[groupOf[row]] += sample.Weights[row] * (values[row] - mean);
        }

        return Math.Sqrt(deviations.Sum(deviation => deviation * deviation)) / sample.TotalWeight;
    }
}
