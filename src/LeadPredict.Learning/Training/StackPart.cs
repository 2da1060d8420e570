using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Training;

/// <summary>One of the learners that a model is stacked from, ready to be fitted to all rows.</summary>
/// <param name="Name">What it is: the same for the same part of other cross-fittings; progress calls it so.</param>
/// <param name="Learner">Prepared for the table.</param>
/// <param name="Scores">Its out-of-fold scores by row.</param>
/// <param name="Fits">The fit of each fold, learnt from the rows outside it.</param>
internal sealed record StackPart(string Name, IPreparedLearner Learner, double[] Scores, FittedScore[] Fits)
{
    /// <summary>Prepares a learner and fits its folds.</summary>
    /// <param name="name">Of the part.</param>
    /// <param name="learner">The learner.</param>
    /// <param name="table">The rows.</param>
    /// <param name="folds">The fold of each row.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="progress">Told of each step, or null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="latest">Whether the latest rows alone say how many trees there are, instead of all in turn.</param>
    public static StackPart Of(
        string name,
        ILearner learner,
        TrainingTable table,
        int[] folds,
        TrainerOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation,
        bool latest = false)
    {
        progress?.Report(new TrainingProgress("prepare " + name, 0, 1));
        IPreparedLearner prepared = learner.Prepare(table, latest ? new int[table.RowCount] : folds, options, cancellation);
        OutOfFoldScores outOfFold = OutOfFoldScores.Of(
            prepared, table, folds, (done, total) => progress?.Report(new TrainingProgress("folds of " + name, done, total)), cancellation);
        return new(name, prepared, outOfFold.Scores, outOfFold.Fits);
    }
}
