using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;

namespace LeadPredict.Learning.Training;

/// <summary>Gives a model that was learnt elsewhere a calibration and intervals, from rows that it did not learn from.</summary>
/// <remarks>Stateless and safe to use from many threads; the same input gives the same model, bit for bit.</remarks>
public static class ScoreCalibrator
{
    private const int Folds = 5;

    /// <summary>Chooses the calibration out of fold by log loss, fits it and the intervals, and keeps all else of the model.</summary>
    /// <param name="model">The model; its own calibration and intervals are replaced.</param>
    /// <param name="raw">Its raw score of each row.</param>
    /// <param name="labels">0 or 1 a row.</param>
    /// <param name="weights">Above 0 a row.</param>
    /// <param name="groups">Rows of one group stay in one fold.</param>
    /// <param name="seed">Decides which groups share a fold.</param>
    /// <exception cref="InsufficientExamplesException">Fewer than 20 of either class, or of groups.</exception>
    public static CalibratedModel Calibrate(ScoreModel model, double[] raw, byte[] labels, float[] weights, int[] groups, int seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(groups);
        int positives = labels.Count(label => label != 0);
        int known = groups.Distinct().Count();
        if (Math.Min(Math.Min(positives, labels.Length - positives), known) < InsufficientExamplesException.Needed)
        {
            throw new InsufficientExamplesException(positives, labels.Length - positives, known);
        }

        CalibrationCurve curve = CalibrationFitter.Choose(raw, labels, weights, groups, seed).Curve;
        var calibrated = new ScoreModel(
            model.Columns,
            model.Trees,
            model.Linear,
            model.TreeWeight,
            model.LinearWeight,
            model.Intercept,
            curve,
            IntervalFitter.Fit(raw, labels, weights, groups, curve, RateDrift.Variance(raw, labels, weights, groups, curve)),
            model.Novelty);
        return new(calibrated, CalibrationFitter.OutOfFold(curve.Method, raw, labels, weights, GroupFolds.Assign(groups, labels, Folds, seed)), curve.Method);
    }
}

/// <summary>A calibrated model and how it was calibrated.</summary>
/// <param name="Model">Ready to serve.</param>
/// <param name="OutOfFoldProbability">For each row a probability by a calibration of the same method that was fitted without its fold.</param>
/// <param name="Method">The method chosen; never <see cref="CalibrationMethod.Auto"/>.</param>
public sealed record CalibratedModel(ScoreModel Model, double[] OutOfFoldProbability, CalibrationMethod Method);
