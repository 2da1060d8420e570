using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Logistic;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Training;

/// <summary>
/// Trains a model: out-of-fold scores of one learner, or of the logistic model and of trees that learn what it leaves; a blend, the level
/// where it moves with time, a calibration and an interval fitted to those; and at last the learners fitted again to all rows.
/// </summary>
/// <remarks>Immutable and safe to use from many threads. The same table, options and learners give the same model, bit for bit.</remarks>
public sealed class ModelTrainer
{
    /// <summary>How strongly the weights of the stack's parts are held to 1; the out-of-fold evidence of some dozens of rows.</summary>
    private const double BlendPull = 5;

    private readonly ILearner[] _learners;

    /// <summary>A trainer that knows "trees", "logistic" and "stack".</summary>
    public ModelTrainer()
        : this([])
    {
    }

    /// <summary>A trainer that knows further learners by their names.</summary>
    /// <param name="further">Added to the built-in ones; a name already known is replaced.</param>
    public ModelTrainer(IReadOnlyList<ILearner> further)
    {
        ArgumentNullException.ThrowIfNull(further);
        _learners = [.. further, new TreeLearner(), new LogisticLearner()];
    }

    /// <summary>Trains a model.</summary>
    /// <param name="table">Rows in time order.</param>
    /// <param name="options">How to.</param>
    /// <param name="progress">Told of each step, from any thread, or null.</param>
    /// <param name="cancellation">Stops the work between trees and folds.</param>
    /// <exception cref="TrainerOptionException">An option is out of range, no learner has the name, or a column that is to be monotone is not there or not numeric.</exception>
    /// <exception cref="InsufficientExamplesException">Fewer than 20 of either class, or of groups.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TrainedModel Train(
        TrainingTable table, TrainerOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        ILearner[] learners = Find(options.Learner);
        _ = MonotoneColumns.Of(table.Features, options);
        int scarcest = Math.Min(table.Positives, table.Negatives);
        if (Math.Min(scarcest, table.Groups.Distinct().Take(InsufficientExamplesException.Needed).Count()) < InsufficientExamplesException.Needed)
        {
            throw new InsufficientExamplesException(table.Positives, table.Negatives, table.Groups.Distinct().Count());
        }

        if (options.SingleFit)
        {
            return TrainOnce(learners, table, options, progress, cancellation);
        }

        int[] folds = GroupFolds.Assign(table.Groups, table.Labels, options.Folds, options.Seed);
        var prepared = new IPreparedLearner[learners.Length];
        var scores = new double[learners.Length][];
        var fits = new FittedScore[learners.Length][];
        TrainingTable rest = table;
        for (int i = 0; i < learners.Length; i++)
        {
            string step = learners[i].Name;
            progress?.Report(new TrainingProgress("prepare " + step, 0, 1));
            prepared[i] = learners[i].Prepare(rest, folds, options, cancellation);
            (scores[i], fits[i]) = OutOfFoldScores.Of(
                prepared[i], rest, folds, (done, total) => progress?.Report(new TrainingProgress("folds of " + step, done, total)), cancellation);

            // The next learner starts from what this one says of rows that it has not seen, and so learns what it leaves.
            rest = i + 1 < learners.Length ? rest.WithOffsets(Sum(rest.Offsets, scores[i])) : rest;
        }

        progress?.Report(new TrainingProgress("calibrate", 0, 1));
        ScoreBlend blend = scores.Count(SaysSomething) > 1
            ? ScoreBlend.Fit(scores, table.Labels, table.Weights, BlendPull)
            : ScoreBlend.Sum(learners.Length);
        blend = SmallSampleShrinkage.Apply(blend, scores, table);
        var raw = new double[table.RowCount];
        for (int row = 0; row < raw.Length; row++)
        {
            raw[row] = blend.Score(scores, row);
        }

        LevelTrack? track = LevelTrack.Of(raw, table.Labels, table.Weights, table.Groups);
        if (track is not null)
        {
            raw = [.. raw.Zip(track.Ahead, (score, level) => score + level)];
            blend = blend with { Intercept = blend.Intercept + track.Next };
        }

        CalibrationCurve curve = Calibrate(raw, table, options);
        double common = (track?.Variance ?? RateDrift.Variance(raw, table.Labels, table.Weights, table.Groups, curve))
            + HiddenSignal.Variance(raw, table.Weights, curve, table.Features.Columns.Count);
        IntervalTable intervals = IntervalFitter.Fit(
            raw, table.Labels, table.Weights, table.Groups, curve, common, ScoreSpread.Of(fits, blend, table.Features));
        progress?.Report(new TrainingProgress("calibrate", 1, 1));

        FittedScore[] fitted = FitAll(prepared, table.RowCount, progress, cancellation);
        ScoreModel model = Assemble(table, fitted, blend, curve, intervals);
        return new TrainedModel(
            model,
            raw,
            CrossFitted(raw, table, folds, curve.Method),
            curve.Method,
            model.Trees?.TreeCount ?? 0,
            options.Learner);
    }

    /// <summary>The short way of <see cref="TrainerOptions.SingleFit"/>: nothing is held out, so nothing is said of how good the scores are.</summary>
    private static TrainedModel TrainOnce(
        ILearner[] learners, TrainingTable table, TrainerOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        // Trees do not look at folds, and dealing many rows takes longer than some trees.
        int[] folds = learners[0] is TreeLearner
            ? new int[table.RowCount]
            : GroupFolds.Assign(table.Groups, table.Labels, options.Folds, options.Seed);
        progress?.Report(new TrainingProgress("prepare " + learners[0].Name, 0, 1));
        IPreparedLearner[] prepared = [learners[0].Prepare(table, folds, options, cancellation)];
        FittedScore[] fitted = FitAll(prepared, table.RowCount, progress, cancellation);
        ScoreBlend blend = SmallSampleShrinkage.Apply(ScoreBlend.Sum(1), [], table);
        ScoreModel model = Assemble(table, fitted, blend, new IdentityCurve(), IntervalTable.Unknown);
        return new TrainedModel(
            model, [], [], CalibrationMethod.None, model.Trees?.TreeCount ?? 0, options.Learner);
    }

    private ILearner[] Find(string name)
    {
        if (name == TrainerOptions.StackName)
        {
            return [Named("logistic"), Named("trees")];
        }

        return [Named(name)];
    }

    private ILearner Named(string name) => Array.Find(_learners, learner => learner.Name == name)
        ?? throw new TrainerOptionException(
            nameof(TrainerOptions.Learner),
            $"'{name}'",
            "one of " + string.Join(", ", _learners.Select(learner => learner.Name).Append(TrainerOptions.StackName).Distinct().Order(StringComparer.Ordinal)));

    private static bool SaysSomething(double[] scores) => Array.Exists(scores, score => score != 0);

    private static double[] Sum(double[]? offsets, double[] scores) =>
        offsets is null ? scores : [.. offsets.Zip(scores, (a, b) => a + b)];

    private static CalibrationCurve Calibrate(double[] raw, TrainingTable table, TrainerOptions options) =>
        options.Calibration == CalibrationMethod.Auto
            ? CalibrationFitter.Choose(raw, table.Labels, table.Weights, table.Groups, options.Seed).Curve
            : CalibrationFitter.Fit(options.Calibration, raw, table.Labels, table.Weights);

    /// <summary>Each fold's scores through a curve fitted to the other folds, so that the probabilities flatter nobody.</summary>
    private static double[] CrossFitted(double[] raw, TrainingTable table, int[] folds, CalibrationMethod method)
    {
        var probabilities = new double[raw.Length];
        for (int fold = 0; fold <= folds.Max(); fold++)
        {
            int[] others = GroupFolds.Rows(folds, fold, inside: false);
            CalibrationCurve curve = CalibrationFitter.Fit(
                method,
                [.. others.Select(row => raw[row])],
                [.. others.Select(row => table.Labels[row])],
                [.. others.Select(row => table.Weights[row])]);
            foreach (int row in GroupFolds.Rows(folds, fold, inside: true))
            {
                probabilities[row] = curve.Probability(raw[row]);
            }
        }

        return probabilities;
    }

    private static FittedScore[] FitAll(
        IPreparedLearner[] prepared, int rowCount, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        int[] rows = [.. Enumerable.Range(0, rowCount)];
        var fitted = new FittedScore[prepared.Length];
        for (int i = 0; i < prepared.Length; i++)
        {
            progress?.Report(new TrainingProgress("final", i, prepared.Length));
            fitted[i] = prepared[i].Fit(rows, cancellation);
        }

        progress?.Report(new TrainingProgress("final", prepared.Length, prepared.Length));
        return fitted;
    }

    private static ScoreModel Assemble(
        TrainingTable table, FittedScore[] fitted, ScoreBlend blend, CalibrationCurve curve, IntervalTable intervals)
    {
        TreeEnsemble? trees = null;
        LinearTerms? linear = null;
        double treeWeight = 0;
        double linearWeight = 0;
        double intercept = blend.Intercept;
        for (int i = 0; i < fitted.Length; i++)
        {
            intercept += blend.Weights[i] * fitted[i].Intercept;
            if (fitted[i].Trees is { } fittedTrees)
            {
                (trees, treeWeight) = (fittedTrees, blend.Weights[i]);
            }

            if (fitted[i].Linear is { } fittedLinear)
            {
                (linear, linearWeight) = (fittedLinear, blend.Weights[i]);
            }
        }

        return new ScoreModel(table.Features.Columns, trees, linear, treeWeight, linearWeight, intercept, curve, intervals);
    }
}
