using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Trees;

public sealed class CrossFittedTreesTests
{
    private static readonly TrainerOptions Options = new() { Seed = 3, Leaves = 8 };

    [Fact]
    public void Prepare_WithFolds_FitsEachFoldAsIfAlone()
    {
        TrainingTable table = PlantedRows.Draw(1500, 1, PlantedRows.Curved);
        int[] folds = GroupFolds.Assign(table.Groups, table.Labels, 5, 3);
        IPreparedLearner prepared = new TreeLearner().Prepare(table, folds, Options, default);
        FittedScore?[] fits = ((ICrossFitted)prepared).WithoutFold!;
        fits.Length.ShouldBe(5);
        for (int fold = 0; fold < 5; fold++)
        {
            FittedScore alone = prepared.Fit(GroupFolds.Rows(folds, fold, inside: false), default);
            fits[fold]!.Trees!.Arrays.Value.ShouldBe(alone.Trees!.Arrays.Value);
            fits[fold]!.Intercept.ShouldBe(alone.Intercept);
        }
    }

    [Fact]
    public void Prepare_WithFolds_StopsWhereTheLossLeftOutIsLeast()
    {
        TrainingTable table = PlantedRows.Draw(1500, 2, PlantedRows.Curved);
        int[] folds = GroupFolds.Assign(table.Groups, table.Labels, 5, 3);
        int found = new TreeLearner().Prepare(table, folds, Options, default).Trees;
        found.ShouldBeInRange(10, 999);
        double least = Loss(table, folds, found);
        foreach (int other in (int[])[1, found / 2, found - 1, found + 1, found + 20, found * 2])
        {
            Loss(table, folds, other).ShouldBeGreaterThanOrEqualTo(least, $"{other} trees, where {found} were found");
        }
    }

    [Fact]
    public void Prepare_NothingToLearn_HasFewTrees()
    {
        TrainingTable table = PlantedRows.Draw(1500, 4, _ => -1);
        int[] folds = GroupFolds.Assign(table.Groups, table.Labels, 5, 3);
        new TreeLearner().Prepare(table, folds, Options, default).Trees.ShouldBeLessThan(15);
    }

    private static double Loss(TrainingTable table, int[] folds, int trees)
    {
        // The shares are those of a number of trees that is found.
        IPreparedLearner prepared = new TreeLearner().Prepare(
            table, folds, Options with { Trees = trees, Leaves = 8, RowShare = TreeLearner.Sample, ColumnShare = TreeLearner.Sample }, default);
        double[] scores = OutOfFoldScores.Of(prepared, table, folds, (_, _) => { }, default).Scores;
        return LogisticLoss.Mean(scores, table.Labels, table.Weights, [.. Enumerable.Range(0, table.RowCount)]);
    }
}
