using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Training;

/// <summary>Scores of every row by fits that did not see its group.</summary>
/// <param name="Scores">A score a row, without the row's offset.</param>
/// <param name="Fits">The fit of each fold, learnt from the rows outside it.</param>
internal sealed record OutOfFoldScores(double[] Scores, FittedScore[] Fits)
{
    /// <summary>Fits each fold and scores its rows.</summary>
    /// <param name="learner">Prepared for the table.</param>
    /// <param name="table">The rows.</param>
    /// <param name="folds">The fold of each row.</param>
    /// <param name="report">Called with the number of fits done.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static OutOfFoldScores Of(
        IPreparedLearner learner, TrainingTable table, int[] folds, Action<int, int> report, CancellationToken cancellation)
    {
        int total = folds.Max() + 1;
        var scores = new double[table.RowCount];
        var fits = new FittedScore[total];
        FittedScore?[]? known = (learner as ICrossFitted)?.WithoutFold;
        int done = 0;
        report(0, total);

        // Each fit writes places of its own, so the order in which threads finish changes nothing.
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, total, parallel, fold =>
        {
            fits[fold] = known?[fold] ?? learner.Fit(GroupFolds.Rows(folds, fold, inside: false), cancellation);
            fits[fold].ScoreInto(table.Features, GroupFolds.Rows(folds, fold, inside: true), scores);
            report(Interlocked.Increment(ref done), total);
        });
        return new(scores, fits);
    }
}
