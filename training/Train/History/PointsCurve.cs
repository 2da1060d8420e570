using LeadPredict.Learning.Calibration;

namespace LeadPredict.Training.Train.History;

/// <summary>Gives the scorecard's points their best: a fitted probability, so that rules and model stand on one scale.</summary>
internal static class PointsCurve
{
    /// <summary>With fewer conversions, or fewer others, a free curve learns their chance (Niculescu-Mizil and Caruana, 2005), so a sigmoid is kept.</summary>
    private const int FewestForSteps = 200;

    /// <summary>So many conversions at the end weigh as much as what the first link tells of the slope.</summary>
    private const double WeightOfThrough = 200;

    /// <summary>Fits a sigmoid, or, where there is much to learn from, steps that never fall if they do better out of fold.</summary>
    /// <param name="rows">Rows to learn from.</param>
    /// <param name="label">What became of a row.</param>
    /// <param name="seed">Decides which accounts share a fold.</param>
    /// <param name="through">
    /// Of a funnel with two links what became of a row in the first. Far more leads are decided there, so a curve that few conversions tell of is drawn
    /// toward that one at another level: times the share of those that came through who went on to the end.
    /// </param>
    public static CalibrationCurve Fit(IReadOnlyList<HistoryRow> rows, Func<HistoryRow, Decided?> label, int seed, Func<HistoryRow, Decided?>? through = null)
    {
        HistoryRow[] known = Known(rows, label);
        if (known.Length == 0)
        {
            return new SigmoidCurve(0, 0);
        }

        double[] raw = [.. known.Select(row => row.Points)];
        byte[] labels = [.. known.Select(row => label(row)!.Value.Converted ? (byte)1 : (byte)0)];
        float[] weights = [.. known.Select(_ => 1f)];
        int converted = labels.Count(one => one == 1);
        if (Math.Min(converted, known.Length - converted) >= FewestForSteps)
        {
            CalibrationChoice choice = CalibrationFitter.Choose(raw, labels, weights, [.. known.Select(row => row.Group)], seed);
            if (choice.Method == CalibrationMethod.Isotonic)
            {
                return choice.Curve;
            }
        }

        var own = (SigmoidCurve)CalibrationFitter.Fit(CalibrationMethod.Sigmoid, raw, labels, weights);
        if (through is null || converted == 0 || Through(known, converted, Fit(rows, through, seed)) is not { } level)
        {
            return own;
        }

        double share = converted / (converted + WeightOfThrough);
        return new SigmoidCurve((share * own.A) + ((1 - share) * level.A), (share * own.B) + ((1 - share) * level.B));
    }

    private static HistoryRow[] Known(IReadOnlyList<HistoryRow> rows, Func<HistoryRow, Decided?> label) => [.. rows.Where(row => row.IsEntry && label(row) is not null)];

    /// <summary>The curve of the first link times the share that goes on, as a sigmoid; null where more went on than are told to have come through.</summary>
    private static SigmoidCurve? Through(HistoryRow[] known, int converted, CalibrationCurve first)
    {
        double[] came = [.. known.Select(row => first.Probability(row.Points))];
        double share = converted / came.Sum();
        if (share >= 1)
        {
            return null;
        }

        // Each row stands for both outcomes, by their chances.
        return (SigmoidCurve)CalibrationFitter.Fit(
            CalibrationMethod.Sigmoid,
            [.. known.Concat(known).Select(row => row.Points)],
            [.. known.Select(_ => (byte)1), .. known.Select(_ => (byte)0)],
            [.. came.Concat(came.Select(chance => (1 / share) - chance)).Select(weight => (float)(share * weight))]);
    }
}
