using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Training;

namespace LeadPredict.Training.Train.History;

/// <summary>Gives the scorecard's points their best: a fitted probability, so that rules and model stand on one scale.</summary>
internal static class PointsCurve
{
    /// <summary>With fewer conversions, or fewer others, a free curve learns their chance (Niculescu-Mizil and Caruana, 2005), so a sigmoid is kept.</summary>
    private const int FewestForSteps = 200;

    /// <summary>So many conversions at the end weigh as much as what the first link tells of the slope.</summary>
    private const double WeightOfThrough = 200;

    /// <summary>
    /// Fits a sigmoid, or, where there is much to learn from, steps that never fall if they do better out of fold; at the level that the rows foretell
    /// (<see cref="LevelTrack"/>), as the model's is: otherwise the rules would lose by the time that passed, and not by their order.
    /// </summary>
    /// <param name="rows">Rows to learn from, in order of time.</param>
    /// <param name="label">What became of a row.</param>
    /// <param name="seed">Decides which accounts share a fold.</param>
    /// <param name="through">
    /// Of a funnel with two links what became of a row in the first. Far more leads are decided there, so a curve that few conversions tell of is drawn
    /// toward that one at another level: times the share of those that came through who went on to the end.
    /// </param>
    public static CalibrationCurve Fit(IReadOnlyList<HistoryRow> rows, Func<HistoryRow, Decided?> label, int seed, Func<HistoryRow, Decided?>? through = null)
    {
        Decisions decisions = Decisions.Of(rows, label);
        if (decisions.Rows.Length == 0)
        {
            return new SigmoidCurve(0, 0);
        }

        CalibrationCurve own = Next(decisions, Average(decisions, seed));
        if (own is not SigmoidCurve few || through is null || decisions.Converted == 0 || Through(decisions, Decisions.Of(rows, through), seed) is not { } many)
        {
            return own;
        }

        double share = decisions.Converted / (decisions.Converted + WeightOfThrough);
        return new SigmoidCurve((share * few.A) + ((1 - share) * many.A), (share * few.B) + ((1 - share) * many.B));
    }

    /// <summary>The curve of all rows, whenever they were.</summary>
    private static CalibrationCurve Average(Decisions decisions, int seed)
    {
        if (Math.Min(decisions.Converted, decisions.Rows.Length - decisions.Converted) >= FewestForSteps)
        {
            CalibrationChoice choice = CalibrationFitter.Choose(decisions.Points, decisions.Labels, decisions.Weights, decisions.Groups, seed);
            if (choice.Method == CalibrationMethod.Isotonic)
            {
                return choice.Curve;
            }
        }

        return CalibrationFitter.Fit(CalibrationMethod.Sigmoid, decisions.Points, decisions.Labels, decisions.Weights);
    }

    /// <summary>The curve of the rows to come: moved as far as the rows foretell, not at all where they do not tell. A curve has so few parameters that it says this of its own rows.</summary>
    private static CalibrationCurve Next(Decisions decisions, CalibrationCurve average)
    {
        double[] scores = [.. decisions.Points.Select(points => LogOdds.Of(Math.Clamp(average.Probability(points), LogOdds.SmallestProbability, 1 - LogOdds.SmallestProbability)))];
        double level = LevelTrack.Of(scores, decisions.Labels, decisions.Weights, decisions.Groups)?.Next ?? 0;
        return average switch
        {
            SigmoidCurve sigmoid => new SigmoidCurve(sigmoid.A, sigmoid.B + level),

            // In order, since rounding may turn neighbours.
            IsotonicCurve steps => new IsotonicCurve([.. steps.Knots], [.. steps.Values.Select(value => LogOdds.ToProbability(LogOdds.Of(value) + level)).Order()]),
            _ => throw new ArgumentException($"Got a curve by {average.Method}; expected a sigmoid or steps.", nameof(average)),
        };
    }

    /// <summary>The curve of the first link times the share that goes on, as a sigmoid; null where more went on than are told to have come through.</summary>
    private static SigmoidCurve? Through(Decisions decisions, Decisions first, int seed)
    {
        if (first.Rows.Length == 0)
        {
            return null;
        }

        CalibrationCurve average = Average(first, seed);
        double share = decisions.Converted / decisions.Points.Sum(average.Probability);
        if (share >= 1)
        {
            return null;
        }

        CalibrationCurve next = Next(first, average);
        double[] chances = [.. decisions.Points.Select(points => share * next.Probability(points))];

        // Each row stands for both outcomes, by their chances.
        return (SigmoidCurve)CalibrationFitter.Fit(
            CalibrationMethod.Sigmoid,
            [.. decisions.Points, .. decisions.Points],
            [.. chances.Select(_ => (byte)1), .. chances.Select(_ => (byte)0)],
            [.. chances.Select(chance => (float)chance), .. chances.Select(chance => (float)(1 - chance))]);
    }

    /// <summary>The rows at an episode's start of which one question is decided.</summary>
    private sealed record Decisions(HistoryRow[] Rows, double[] Points, byte[] Labels, float[] Weights, int[] Groups, int Converted)
    {
        public static Decisions Of(IReadOnlyList<HistoryRow> rows, Func<HistoryRow, Decided?> label)
        {
            HistoryRow[] known = [.. rows.Where(row => row.IsEntry && label(row) is not null)];
            byte[] labels = [.. known.Select(row => label(row)!.Value.Converted ? (byte)1 : (byte)0)];
            return new(known, [.. known.Select(row => row.Points)], labels, [.. known.Select(_ => 1f)], [.. known.Select(row => row.Group)], labels.Count(one => one == 1));
        }
    }
}
