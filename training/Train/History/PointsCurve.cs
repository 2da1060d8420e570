using LeadPredict.Learning.Calibration;

namespace LeadPredict.Training.Train.History;

/// <summary>Gives the scorecard's points their best: a fitted probability, so that rules and model stand on one scale.</summary>
internal static class PointsCurve
{
    /// <summary>Fits every method but none (points are not log-odds) and keeps the one that is best out of fold.</summary>
    public static CalibrationCurve Fit(IReadOnlyList<HistoryRow> rows, Func<HistoryRow, Decided?> label, int seed)
    {
        HistoryRow[] known = [.. rows.Where(row => row.IsEntry && label(row) is not null)];
        double[] raw = [.. known.Select(row => row.Points)];
        byte[] labels = [.. known.Select(row => label(row)!.Value.Converted ? (byte)1 : (byte)0)];
        float[] weights = [.. known.Select(_ => 1f)];
        int[] groups = [.. known.Select(row => row.Group)];

        if (known.Length == 0)
        {
            return new SigmoidCurve(0, 0);
        }

        // A sigmoid first puts points on the scale of log-odds; what is left is then judged as for any model.
        CalibrationCurve sigmoid = CalibrationFitter.Fit(CalibrationMethod.Sigmoid, raw, labels, weights);
        CalibrationChoice choice = CalibrationFitter.Choose(raw, labels, weights, groups, seed);
        return choice.Method == CalibrationMethod.None ? sigmoid : choice.Curve;
    }
}
