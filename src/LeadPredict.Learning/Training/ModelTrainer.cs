using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Logistic;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Training;

/// <summary>
/// Trains a model: out-of-fold scores of one learner, or of the logistic model, of trees that learn what it leaves and of trees alone; a blend of
/// those; the learners fitted again to all rows; and the level where it moves with time, a calibration and an interval fitted to the scores out of fold.
/// </summary>
/// <remarks>Immutable and safe to use from many threads. The same table, options and learners give the same model, bit for bit.</remarks>
public sealed class ModelTrainer
{
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
            return TrainOnce(learners[0], table, options, progress, cancellation);
        }

        int[] folds = GroupFolds.Assign(table.Groups, table.Labels, options.Folds, options.Seed);
        List<StackPart> parts = Fit(learners, table, folds, options, progress, cancellation);
        double[][] scores = [.. parts.Select(part => part.Scores)];
        ScoreBlend blend = parts.Count > 1 ? StackBlend.Fit(parts, table.Labels, table.Weights) : ScoreBlend.Sum(1);
        if (parts.Count > 1 && table.Situation is { Differs: true })
        {
            double[] weights = blend.Weights;
            if (SituationPart.Of(blend.Scores(scores), table, folds, options, progress, cancellation) is { } situation)
            {
                parts.Add(situation);
                scores = [.. scores, situation.Scores];
                weights = [.. weights, 1];
            }

            // Rows that say the same again make a model surer than it may be; how much so, its weight says.
            blend = StackBlend.FitAgain(scores, weights, table.Labels, table.Weights);
        }

        blend = SmallSampleShrinkage.Apply(blend, scores, table);
        FinalFits final = FinalFits.Of(parts, blend, table, progress, cancellation);
        progress?.Report(new TrainingProgress("calibrate", 0, 1));
        double[] raw = blend.Scores(scores);
        LevelTrack? track = LevelTrack.Of(raw, table.Labels, table.Weights, table.Groups);
        if (track is not null)
        {
            raw = [.. raw.Zip(track.Ahead, (score, level) => score + level)];
            blend = blend with { Intercept = blend.Intercept + track.Next };
        }

        CalibrationCurve curve = Calibrate(raw, table, options);
        double moves = Math.Max(track?.Variance ?? RateDrift.Variance(raw, table.Labels, table.Weights, table.Groups, curve), final.GapVariance);
        double common = moves + HiddenSignal.Variance(raw, table.Weights, curve, table.Features.Columns.Count);
        IntervalTable intervals = IntervalFitter.Fit(
            raw, table.Labels, table.Weights, table.Groups, curve, common, ScoreSpread.Of([.. parts.Select(part => part.Fits)], blend, table.Features));
        progress?.Report(new TrainingProgress("calibrate", 1, 1));
        ScoreModel model = Assemble(table, final.Scores, blend, curve, intervals, final.Novelty);
        return new TrainedModel(
            model,
            raw,
            CalibrationFitter.OutOfFold(curve.Method, raw, table.Labels, table.Weights, folds),
            curve.Method,
            model.Trees?.TreeCount ?? 0,
            options.Learner);
    }

    /// <summary>The short way of <see cref="TrainerOptions.SingleFit"/>: nothing is held out, so nothing is said of how good the scores are.</summary>
    private static TrainedModel TrainOnce(
        ILearner learner, TrainingTable table, TrainerOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        // Trees do not look at folds, and dealing many rows takes longer than some trees.
        int[] folds = learner is TreeLearner
            ? new int[table.RowCount]
            : GroupFolds.Assign(table.Groups, table.Labels, options.Folds, options.Seed);
        progress?.Report(new TrainingProgress("prepare " + learner.Name, 0, 1));
        IPreparedLearner[] prepared = [learner.Prepare(table, folds, options, cancellation)];
        ScoreBlend blend = SmallSampleShrinkage.Apply(ScoreBlend.Sum(1), [], table);
        FittedScore[] fitted = FinalFits.FitAll(prepared, blend, table.RowCount, progress, cancellation);
        ScoreModel model = Assemble(table, fitted, blend, new IdentityCurve(), IntervalTable.Unknown, null);
        return new TrainedModel(
            model, [], [], CalibrationMethod.None, model.Trees?.TreeCount ?? 0, options.Learner);
    }

    private ILearner[] Find(string name) => name == TrainerOptions.StackName ? [Named("logistic"), Named("trees")] : [Named(name)];

    /// <summary>One learner, or the parts of the stack, the logistic model first.</summary>
    private static List<StackPart> Fit(
        ILearner[] learners, TrainingTable table, int[] folds, TrainerOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        List<StackPart> parts = [StackPart.Of(learners[0], table, folds, options, progress, cancellation)];
        if (learners.Length > 1)
        {
            StackPart alone = StackPart.Of(learners[1], table, folds, options, progress, cancellation);
            bool shifts = TimeShift.Shows(alone.Learner, alone.Scores, table, cancellation);

            // They start from what the logistic model says of rows that it has not seen, and so learn what it leaves.
            parts.Add(StackPart.Of(learners[1], table.WithOffsets(parts[0].Scores), folds, options, progress, cancellation, "trees on the rest", latest: shifts));
            if (!shifts)
            {
                parts.Add(alone);
            }
        }

        return parts;
    }

    private ILearner Named(string name) => Array.Find(_learners, learner => learner.Name == name)
        ?? throw new TrainerOptionException(
            nameof(TrainerOptions.Learner),
            $"'{name}'",
            "one of " + string.Join(", ", _learners.Select(learner => learner.Name).Append(TrainerOptions.StackName).Distinct().Order(StringComparer.Ordinal)));

    private static CalibrationCurve Calibrate(double[] raw, TrainingTable table, TrainerOptions options) =>
        options.Calibration == CalibrationMethod.Auto
            ? CalibrationFitter.Choose(raw, table.Labels, table.Weights, table.Groups, options.Seed).Curve
            : CalibrationFitter.Fit(options.Calibration, raw, table.Labels, table.Weights);

    private static ScoreModel Assemble(
        TrainingTable table, FittedScore[] fitted, ScoreBlend blend, CalibrationCurve curve, IntervalTable intervals, NoveltyTerms? novelty)
    {
        var trees = new List<(TreeEnsemble Trees, double Weight)>();
        LinearTerms? linear = null;
        double linearWeight = 0;
        double intercept = blend.Intercept;
        for (int i = 0; i < fitted.Length; i++)
        {
            intercept += blend.Weights[i] * fitted[i].Intercept;
            if (fitted[i].Trees is { } fittedTrees)
            {
                trees.Add((fittedTrees, blend.Weights[i]));
            }

            if (fitted[i].Linear is { } fittedLinear)
            {
                (linear, linearWeight) = (fittedLinear, blend.Weights[i]);
            }
        }

        (TreeEnsemble? all, double treeWeight) = trees.Count switch
        {
            0 => (null, 0),
            1 => trees[0],
            _ => (JoinedTrees.Of(trees), 1.0),
        };
        return new ScoreModel(table.Features.Columns, all, linear, treeWeight, linearWeight, intercept, curve, intervals, novelty);
    }
}
