using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Training;

/// <summary>What is fitted to all rows once the weights of the parts are known; none of it needs the calibration.</summary>
/// <param name="Scores">The parts that have a weight, with it.</param>
/// <param name="Intercept">What is added to them.</param>
/// <param name="GapVariance">See <see cref="ForwardGap"/>.</param>
/// <param name="Novelty">Of the part that knows; trees do not. Null where nothing is novel.</param>
internal sealed record FinalFits(IReadOnlyList<(FittedScore Fit, double Weight)> Scores, double Intercept, double GapVariance, NoveltyTerms? Novelty)
{
    /// <summary>From so many rows on each fit keeps all processors busy by itself, and several at once would be held in memory.</summary>
    private const int RowsForOneAtOnce = 50_000;

    /// <summary>Fits the mean of some cross-fittings.</summary>
    /// <param name="fittings">Of the table.</param>
    /// <param name="table">Rows in time order.</param>
    /// <param name="progress">Told of each step, from any thread, or null.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static FinalFits Of(IReadOnlyList<CrossFitting> fittings, TrainingTable table, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<(FittedScore, double)> scores = [];
        double gap = 0;
        NoveltyTerms? novelty = null;
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = table.RowCount < RowsForOneAtOnce ? Environment.ProcessorCount : 1,
        };
        Parallel.Invoke(
            parallel,
            () => scores = FitAll(Mean(fittings), table.RowCount, progress, cancellation),
            () => gap = ForwardGap.Variance(fittings[0].Parts[0].Learner, table, cancellation),
            () => novelty = Judge(fittings, table.RowCount, cancellation));
        return new(scores, fittings.Average(fitting => fitting.Blend.Intercept), gap, novelty);
    }

    /// <summary>Fits learners to all rows, one after the other.</summary>
    public static IReadOnlyList<(FittedScore Fit, double Weight)> FitAll(
        IReadOnlyList<(IPreparedLearner Learner, double Weight)> parts, int rowCount, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        int[] rows = [.. Enumerable.Range(0, rowCount)];
        var fitted = new List<(FittedScore, double)>();
        foreach ((IPreparedLearner learner, double weight) in parts)
        {
            progress?.Report(new TrainingProgress("final", fitted.Count, parts.Count));
            fitted.Add((learner.Fit(rows, cancellation), weight));
        }

        progress?.Report(new TrainingProgress("final", parts.Count, parts.Count));
        return fitted;
    }

    /// <summary>
    /// Each part at its mean weight; one without is not fitted again. What the dealings choose differently within the logistic model is averaged too, which makes it no larger. Trees of one name are grown
    /// once, by the first dealing that has them: three times as many were no better, and would serve slower.
    /// </summary>
    private static List<(IPreparedLearner Learner, double Weight)> Mean(IReadOnlyList<CrossFitting> fittings)
    {
        var mean = new List<(IPreparedLearner, double)>();
        foreach (var same in fittings.SelectMany(fitting => fitting.Weighted).GroupBy(one => one.Part.Name))
        {
            (IPreparedLearner Learner, double Weight)[] all = [.. same.Where(one => one.Weight > 0).Select(one => (one.Part.Learner, one.Weight / fittings.Count))];
            mean.AddRange(all.Length > 0 && all[0].Learner.Trees > 0 ? [(all[0].Learner, all.Sum(one => one.Weight))] : all);
        }

        return mean;
    }

    /// <summary>A part without weight has no say; what one dealing gives none may have some in another.</summary>
    private static NoveltyTerms? Judge(IReadOnlyList<CrossFitting> fittings, int rowCount, CancellationToken cancellation) => fittings
        .SelectMany(fitting => fitting.Weighted.Where(one => one.Weight > 0))
        .DistinctBy(one => one.Part.Name)
        .Select(one => (one.Part.Learner as INoveltyJudge)?.Novelty([.. Enumerable.Range(0, rowCount)], cancellation))
        .FirstOrDefault(novelty => novelty is not null);
}
