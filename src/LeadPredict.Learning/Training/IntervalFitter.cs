using System.Collections.Immutable;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;

namespace LeadPredict.Learning.Training;

/// <summary>
/// Fits the interval around a probability: 90 % Wilson intervals (Wilson, 1927) of the rate observed among rows of similar out-of-fold score.
/// </summary>
/// <remarks>
/// Rows are put in order of raw score and cut into windows that overlap by half. A window counts as many trials as it has groups (several
/// snapshots of one lead are one trial). The window's interval is carried from its mean probability to the calibrated value at its middle
/// in log-odds, widened by what the score itself may be off where that is known, by what few rows hide and by how far the market may have
/// moved (errors independent of one another, so their squares add up), then both ends are made to rise with the score by widening only.
/// What it promises: if the market moves on as it moved among the training rows, the rate among many leads with about this score lies
/// inside 9 times in 10. It does not speak of what one lead will do, nor of a sudden change, and windows are read one at a time, not all
/// together.
/// </remarks>
internal static class IntervalFitter
{
    private const double Z90 = IntervalWidth.Z90;
    private const int MostWindows = 20;
    private const int LeastRows = 60;

    /// <summary>Fits the table.</summary>
    /// <param name="raw">Out-of-fold raw scores.</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="weights">By row.</param>
    /// <param name="groups">By row.</param>
    /// <param name="curve">The calibration.</param>
    /// <param name="common">What all scores may be off besides, a variance in log-odds, 0 or more. See <see cref="LevelTrack"/>, <see cref="RateDrift"/>, <see cref="ForwardGap"/> and <see cref="HiddenSignal"/>.</param>
    /// <param name="spread">The variance of each row's score, NaN where not known; null when none is. See <see cref="ScoreSpread"/>.</param>
    public static IntervalTable Fit(
        double[] raw, byte[] labels, float[] weights, int[] groups, CalibrationCurve curve, double common, double[]? spread = null)
    {
        int[] order = [.. Enumerable.Range(0, raw.Length).OrderBy(row => raw[row]).ThenBy(row => row)];
        int step = Math.Max(LeastRows / 2, (raw.Length + MostWindows) / (MostWindows + 1));
        var knots = new List<(double Raw, double Low, double High)>();
        for (int start = 0; start == 0 || start + step < order.Length; start += step)
        {
            int end = Math.Min(start + (2 * step), order.Length);
            ReadOnlySpan<int> window = order.AsSpan(start, end - start);
            double middle = raw[window[window.Length / 2]];
            if (knots.Count == 0 || middle > knots[^1].Raw)
            {
                double probability = curve.Probability(middle);
                (double low, double high) = Ends(window, raw, labels, weights, groups, curve, probability);
                double variance = MedianSpread(window, spread) + common;
                knots.Add((middle, IntervalWidth.Widen(low, probability, variance), IntervalWidth.Widen(high, probability, variance)));
            }
        }

        // The windows' middles leave out the ends of the scores; there the nearest window's interval is carried on.
        double least = raw[order[0]];
        double most = raw[order[^1]];
        if (least < knots[0].Raw)
        {
            knots.Insert(0, Carried(knots[0], least, curve));
        }

        if (most > knots[^1].Raw)
        {
            knots.Add(Carried(knots[^1], most, curve));
        }

        return Rising(knots);
    }

    private static (double Low, double High) Ends(
        ReadOnlySpan<int> window, double[] raw, byte[] labels, float[] weights, int[] groups, CalibrationCurve curve, double middle)
    {
        double weight = 0;
        double squares = 0;
        double converted = 0;
        double expected = 0;
        var distinct = new HashSet<int>();
        foreach (int row in window)
        {
            weight += weights[row];
            squares += weights[row] * (double)weights[row];
            converted += weights[row] * (double)labels[row];
            expected += weights[row] * curve.Probability(raw[row]);
            distinct.Add(groups[row]);
        }

        double trials = Math.Min(weight * weight / squares, distinct.Count);
        double rate = converted / weight;
        double centre = (rate + (Z90 * Z90 / (2 * trials))) / (1 + (Z90 * Z90 / trials));
        double half = Z90 / (1 + (Z90 * Z90 / trials)) * Math.Sqrt((rate * (1 - rate) / trials) + (Z90 * Z90 / (4 * trials * trials)));
        double carried = IntervalWidth.LogOddsOf(middle) - IntervalWidth.LogOddsOf(expected / weight);
        return (Carry(centre - half, carried), Carry(centre + half, carried));
    }

    private static (double Raw, double Low, double High) Carried((double Raw, double Low, double High) from, double to, CalibrationCurve curve)
    {
        double by = IntervalWidth.LogOddsOf(curve.Probability(to)) - IntervalWidth.LogOddsOf(curve.Probability(from.Raw));
        return (to, Carry(from.Low, by), Carry(from.High, by));
    }

    /// <summary>The median: a few odd rows on which the folds disagree wildly are not the window.</summary>
    private static double MedianSpread(ReadOnlySpan<int> window, double[]? spread)
    {
        List<double> known = [];
        foreach (int row in window)
        {
            if (spread is not null && !double.IsNaN(spread[row]))
            {
                known.Add(spread[row]);
            }
        }

        known.Sort();
        return known.Count == 0 ? 0 : known[known.Count / 2];
    }

    private static double Carry(double rate, double by) =>
        rate <= 0 ? 0 : rate >= 1 ? 1 : LogOdds.ToProbability(IntervalWidth.LogOddsOf(rate) + by);

    private static IntervalTable Rising(List<(double Raw, double Low, double High)> knots)
    {
        var low = new double[knots.Count];
        var high = new double[knots.Count];
        for (int i = 0; i < high.Length; i++)
        {
            high[i] = Math.Max(knots[i].High, i == 0 ? 0 : high[i - 1]);
        }

        for (int i = low.Length - 1; i >= 0; i--)
        {
            low[i] = Math.Min(knots[i].Low, i == low.Length - 1 ? 1 : low[i + 1]);
        }

        return new IntervalTable([.. knots.Select(knot => knot.Raw)], ImmutableArray.Create(low), ImmutableArray.Create(high));
    }
}
