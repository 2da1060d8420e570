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
    /// <summary>How many dealings to folds are averaged where there are few examples; five were no better than three.</summary>
    private const int DealingsOfFew = 3;

    /// <summary>With more rows what is gained is not worth three times as long.</summary>
    private const int MostRowsOfFew = 50_000;

    /// <summary>Between the seeds of two dealings, so that neighbouring seeds share none; a prime.</summary>
    private const int SeedStep = 7919;

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

        // With few examples what a cross-fitting chooses is partly chance: several of them, dealt anew, are averaged.
        int dealings = learners[0] is LogisticLearner && scarcest <= StraightPart.MostOfScarcer && table.RowCount <= MostRowsOfFew ? DealingsOfFew : 1;
        CrossFitting[] fittings = [.. Enumerable.Range(0, dealings).Select(i => CrossFitting.Of(learners, table, options with { Seed = unchecked(options.Seed + (i * SeedStep)) }, progress, cancellation))];
        FinalFits final = FinalFits.Of(fittings, table, progress, cancellation);
        progress?.Report(new TrainingProgress("calibrate", 0, 1));
        double[] raw = Mean([.. fittings.Select(fitting => fitting.Scores())]);
        double intercept = final.Intercept;
        LevelTrack? track = LevelTrack.Of(raw, table.Labels, table.Weights, table.Groups);
        if (track is not null)
        {
            raw = [.. raw.Zip(track.Ahead, (score, level) => score + level)];
            intercept += track.Next;
        }

        CalibrationCurve curve = Calibrate(raw, table, options);
        double moves = Math.Max(track?.Variance ?? RateDrift.Variance(raw, table.Labels, table.Weights, table.Groups, curve), final.GapVariance);
        double common = moves + HiddenSignal.Variance(raw, table.Weights, curve, table.Features.Columns.Count);
        IntervalTable intervals = IntervalFitter.Fit(
            raw, table.Labels, table.Weights, table.Groups, curve, common, ScoreSpread.Of([.. fittings[0].Parts.Select(part => part.Fits)], fittings[0].Blend, table.Features));
        progress?.Report(new TrainingProgress("calibrate", 1, 1));
        ScoreModel model = Assemble(table, final.Scores, intercept, curve, intervals, final.Novelty);
        return new TrainedModel(
            model,
            raw,
            CalibrationFitter.OutOfFold(curve.Method, raw, table.Labels, table.Weights, fittings[0].Folds),
            curve.Method,
            model.Trees?.TreeCount ?? 0,
            options.Learner);
    }

    private static double[] Mean(double[][] scores) => scores.Length == 1 ? scores[0] : [.. scores[0].Select((_, row) => scores.Average(one => one[row]))];

    /// <summary>The short way of <see cref="TrainerOptions.SingleFit"/>: nothing is held out, so nothing is said of how good the scores are.</summary>
    private static TrainedModel TrainOnce(
        ILearner learner, TrainingTable table, TrainerOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        // Trees do not look at folds, and dealing many rows takes longer than some trees.
        int[] folds = learner is TreeLearner
            ? new int[table.RowCount]
            : CrossFitting.Deal(table, options);
        progress?.Report(new TrainingProgress("prepare " + learner.Name, 0, 1));
        IPreparedLearner prepared = learner.Prepare(table, folds, options, cancellation);
        ScoreBlend blend = SmallSampleShrinkage.Apply(ScoreBlend.Sum(1), table);
        IReadOnlyList<(FittedScore, double)> fitted = FinalFits.FitAll([(prepared, blend.Weights[0])], table.RowCount, progress, cancellation);
        ScoreModel model = Assemble(table, fitted, blend.Intercept, new IdentityCurve(), IntervalTable.Unknown, null);
        return new TrainedModel(
            model, [], [], CalibrationMethod.None, model.Trees?.TreeCount ?? 0, options.Learner);
    }

    private ILearner[] Find(string name) => name == TrainerOptions.StackName ? [Named("logistic"), Named("trees")] : [Named(name)];

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
        TrainingTable table, IReadOnlyList<(FittedScore Fit, double Weight)> parts, double intercept, CalibrationCurve curve, IntervalTable intervals, NoveltyTerms? novelty)
    {
        (TreeEnsemble Trees, double Weight)[] trees = [.. parts.Where(part => part.Fit.Trees is not null).Select(part => (part.Fit.Trees!, part.Weight))];
        (LinearTerms Terms, double Weight)[] terms = [.. parts.Where(part => part.Fit.Linear is not null).Select(part => (part.Fit.Linear!, part.Weight))];

        // One part keeps its numbers, and has its weight beside them.
        (TreeEnsemble? all, double treeWeight) = trees.Length == 0 ? (null, 0) : trees.Length == 1 ? trees[0] : (JoinedTrees.Of(trees), 1.0);
        (LinearTerms? linear, double linearWeight) = terms.Length == 0 ? (null, 0) : terms.Length == 1 ? terms[0] : (JoinedTerms.Of(terms), 1.0);
        return new ScoreModel(
            table.Features.Columns, all, linear, treeWeight, linearWeight, parts.Aggregate(intercept, (sum, part) => sum + (part.Weight * part.Fit.Intercept)), curve, intervals, novelty);
    }
}
