using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Training;

/// <summary>A learner, or the parts of the stack with their weights, as one dealing of the rows to folds would have them.</summary>
/// <param name="Folds">The fold of each row.</param>
/// <param name="Parts">The logistic model first.</param>
/// <param name="Blend">Their weights.</param>
internal sealed record CrossFitting(int[] Folds, IReadOnlyList<StackPart> Parts, ScoreBlend Blend)
{
    /// <summary>The blended score of each row by fits that did not see its group.</summary>
    public double[] Scores() => Blend.Scores([.. Parts.Select(part => part.Scores)]);

    /// <summary>The parts with their weights.</summary>
    public IEnumerable<(StackPart Part, double Weight)> Weighted => Parts.Zip(Blend.Weights);

    /// <summary>Fits the folds and finds the weights.</summary>
    /// <param name="learners">One, or the logistic model and trees.</param>
    /// <param name="table">The rows.</param>
    /// <param name="options">Valid options; the seed deals the rows.</param>
    /// <param name="progress">Told of each step, or null.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static CrossFitting Of(ILearner[] learners, TrainingTable table, TrainerOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        int[] folds = Deal(table, options);
        List<StackPart> parts = Fit(learners, table, folds, options, progress, cancellation);
        ScoreBlend blend = parts.Count > 1 ? StackBlend.Fit(parts, table.Labels, table.Weights) : ScoreBlend.Sum(1);
        if (parts.Count > 1 && table.Situation is { Differs: true })
        {
            double[] weights = blend.Weights;
            if (SituationPart.Of(blend.Scores([.. parts.Select(part => part.Scores)]), table, folds, options, progress, cancellation) is { } situation)
            {
                parts.Add(situation);
                weights = [.. weights, 1];
            }

            // Rows that say the same again make a model surer than it may be; how much so, its weight says.
            blend = StackBlend.FitAgain([.. parts.Select(part => part.Scores)], weights, table.Labels, table.Weights);
        }

        return new(folds, parts, SmallSampleShrinkage.Apply(blend, table));
    }

    /// <summary>The fold of each row, by the options' seed.</summary>
    public static int[] Deal(TrainingTable table, TrainerOptions options) => GroupFolds.Assign(table.Groups, table.Labels, options.Folds, options.Seed);

    private static List<StackPart> Fit(
        ILearner[] learners, TrainingTable table, int[] folds, TrainerOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        List<StackPart> parts = [StackPart.Of(learners[0].Name, learners[0], table, folds, options, progress, cancellation)];
        if (learners.Length > 1)
        {
            StackPart alone = StackPart.Of(learners[1].Name, learners[1], table, folds, options, progress, cancellation);
            bool shifts = TimeShift.Shows(alone.Learner, alone.Scores, table, cancellation);

            // They start from what the logistic model says of rows that it has not seen, and so learn what it leaves.
            parts.Add(StackPart.Of("trees on the rest", learners[1], table.WithOffsets(parts[0].Scores), folds, options, progress, cancellation, latest: shifts));
            if (!shifts)
            {
                parts.Add(alone);
            }
        }

        return parts;
    }
}
