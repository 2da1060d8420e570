using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Training;

/// <summary>One of the learners that a model is stacked from, ready to be fitted to all rows.</summary>
/// <param name="Learner">Prepared for the table.</param>
/// <param name="Scores">Its out-of-fold scores by row.</param>
/// <param name="Fits">The fit of each fold, learnt from the rows outside it.</param>
internal sealed record StackPart(IPreparedLearner Learner, double[] Scores, FittedScore[] Fits)
{
    /// <summary>Prepares a learner and fits its folds.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="table">The rows.</param>
    /// <param name="folds">The fold of each row.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="progress">Told of each step, or null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="step">What progress calls it; null for the learner's name.</param>
    /// <param name="latest">Whether the latest rows alone say how many trees there are, instead of all in turn.</param>
    public static StackPart Of(
        ILearner learner,
        TrainingTable table,
        int[] folds,
        TrainerOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation,
        string? step = null,
        bool latest = false)
    {
        step ??= learner.Name;
        progress?.Report(new TrainingProgress("prepare " + step, 0, 1));
        IPreparedLearner prepared = learner.Prepare(table, latest ? new int[table.RowCount] : folds, options, cancellation);
        OutOfFoldScores outOfFold = OutOfFoldScores.Of(
            prepared, table, folds, (done, total) => progress?.Report(new TrainingProgress("folds of " + step, done, total)), cancellation);
        return new(prepared, outOfFold.Scores, outOfFold.Fits);
    }
}
