using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Training;

/// <summary>What is fitted once the weights of the parts are known; none of it needs the calibration.</summary>
/// <param name="Scores">Each part fitted to all rows; nothing for a part without weight.</param>
/// <param name="GapVariance">See <see cref="ForwardGap"/>.</param>
/// <param name="Novelty">Of the part that knows; trees do not. Null where nothing is novel.</param>
internal sealed record FinalFits(FittedScore[] Scores, double GapVariance, NoveltyTerms? Novelty)
{
    /// <summary>From so many rows on each fit keeps all processors busy by itself, and several at once would be held in memory.</summary>
    private const int RowsForOneAtOnce = 50_000;

    /// <summary>Fits them.</summary>
    /// <param name="parts">Prepared for the table.</param>
    /// <param name="blend">Their weights.</param>
    /// <param name="table">Rows in time order.</param>
    /// <param name="progress">Told of each step, from any thread, or null.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static FinalFits Of(
        IReadOnlyList<StackPart> parts, ScoreBlend blend, TrainingTable table, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        FittedScore[] scores = [];
        double gap = 0;
        NoveltyTerms? novelty = null;
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = table.RowCount < RowsForOneAtOnce ? Environment.ProcessorCount : 1,
        };
        Parallel.Invoke(
            parallel,
            () => scores = FitAll([.. parts.Select(part => part.Learner)], blend, table.RowCount, progress, cancellation),
            () => gap = ForwardGap.Variance(parts[0].Learner, table, cancellation),
            () => novelty = Judge(parts, blend, table.RowCount, cancellation));
        return new(scores, gap, novelty);
    }

    /// <summary>What has no weight is not fitted again.</summary>
    public static FittedScore[] FitAll(
        IPreparedLearner[] prepared, ScoreBlend blend, int rowCount, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        int[] rows = [.. Enumerable.Range(0, rowCount)];
        var fitted = new FittedScore[prepared.Length];
        for (int i = 0; i < prepared.Length; i++)
        {
            progress?.Report(new TrainingProgress("final", i, prepared.Length));
            fitted[i] = blend.Weights[i] == 0 ? new FittedScore(null, null, 0) : prepared[i].Fit(rows, cancellation);
        }

        progress?.Report(new TrainingProgress("final", prepared.Length, prepared.Length));
        return fitted;
    }

    /// <summary>A part without weight has no say.</summary>
    private static NoveltyTerms? Judge(IReadOnlyList<StackPart> parts, ScoreBlend blend, int rowCount, CancellationToken cancellation) => parts
        .Where((part, i) => blend.Weights[i] != 0)
        .Select(part => (part.Learner as INoveltyJudge)?.Novelty([.. Enumerable.Range(0, rowCount)], cancellation))
        .FirstOrDefault(novelty => novelty is not null);
}
