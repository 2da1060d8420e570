using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Tests.Trees;
using LeadPredict.Learning.Training;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Models;

public sealed class JoinedTreesTests
{
    [Fact]
    public void Of_TwoEnsembles_ScoresTheWeightedSum()
    {
        TrainingTable table = PlantedRows.Draw(600, 1, PlantedRows.Curved);
        TreeEnsemble first = Fit(table, new TrainerOptions { Trees = 7, Leaves = 6 });
        TreeEnsemble second = Fit(table, new TrainerOptions { Trees = 12, Leaves = 15, RowShare = 0.5, Seed = 3 });
        TreeEnsemble joined = JoinedTrees.Of([(first, 0.4), (second, 1.5)]);
        joined.TreeCount.ShouldBe(19);
        joined.Mean.ShouldBe((0.4 * first.Mean) + (1.5 * second.Mean), 1e-9);
        FeatureTable later = PlantedRows.Features(500, 9);
        var row = new float[3];
        for (int i = 0; i < later.RowCount; i++)
        {
            later.CopyRow(i, row);
            joined.Score(row).ShouldBe((0.4 * first.Score(row)) + (1.5 * second.Score(row)), 1e-9);
        }
    }

    private static TreeEnsemble Fit(TrainingTable table, TrainerOptions options) =>
        new TreeLearner().Prepare(table, new int[table.RowCount], options, default).Fit([.. Enumerable.Range(0, table.RowCount)], default).Trees!;
}
