using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Training;

/// <summary>Scores every row by fits that did not see its group.</summary>
internal static class OutOfFoldScores
{
    /// <summary>One array a learner, a score a row.</summary>
    /// <param name="learners">Prepared for the table.</param>
    /// <param name="table">The rows.</param>
    /// <param name="folds">The fold of each row.</param>
    /// <param name="report">Called with the number of fits done.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static double[][] Of(
        IReadOnlyList<IPreparedLearner> learners, TrainingTable table, int[] folds, Action<int, int> report, CancellationToken cancellation)
    {
        int foldCount = folds.Max() + 1;
        double[][] scores = [.. learners.Select(_ => new double[table.RowCount])];
        int total = foldCount * learners.Count;
        int done = 0;
        report(0, total);

        // Each fit writes places of its own, so the order in which threads finish changes nothing.
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, total, parallel, fit =>
        {
            int learner = fit % learners.Count;
            int fold = fit / learners.Count;
            FittedScore fitted = learners[learner].Fit(GroupFolds.Rows(folds, fold, inside: false), cancellation);
            fitted.ScoreInto(table.Features, GroupFolds.Rows(folds, fold, inside: true), scores[learner]);
            report(Interlocked.Increment(ref done), total);
        });
        return scores;
    }
}
