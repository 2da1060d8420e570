using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Trees;

public sealed class TreeLearnerTests
{
    private static readonly int[] OneFold = new int[3000];

    [Fact]
    public void Fit_ExactNumberOfTrees_DoesNotStopEarly()
    {
        TrainingTable table = PlantedRows.Draw(3000, 1, _ => -1);
        IPreparedLearner prepared = new TreeLearner().Prepare(table, OneFold, new TrainerOptions { Trees = 100, Leaves = 31, LearningRate = 0.1 }, default);
        prepared.Fit([.. Enumerable.Range(0, 3000)], default).Trees!.TreeCount.ShouldBe(100);
    }

    [Fact]
    public void Prepare_NothingToLearn_StopsAfterFewTrees()
    {
        TrainingTable table = PlantedRows.Draw(3000, 2, _ => -1);
        new TreeLearner().Prepare(table, OneFold, new TrainerOptions(), default).Trees.ShouldBeLessThan(40);
    }

    [Fact]
    public void Fit_CurvedTruth_ComesNearIt()
    {
        TrainingTable table = PlantedRows.Draw(3000, 3, PlantedRows.Curved);
        IPreparedLearner prepared = new TreeLearner().Prepare(table, OneFold, new TrainerOptions(), default);
        FittedScore fitted = prepared.Fit([.. Enumerable.Range(0, 3000)], default);
        FeatureTable later = PlantedRows.Features(2000, 99);
        var row = new float[3];
        double gap = 0;
        for (int i = 0; i < later.RowCount; i++)
        {
            later.CopyRow(i, row);
            gap += Math.Abs(Probability(fitted.RawScore(row)) - Probability(PlantedRows.Curved(row))) / later.RowCount;
        }

        gap.ShouldBeLessThan(0.07);
    }

    /// <summary>The largest number that features have, as sentinels become it: it is known, not missing.</summary>
    [Fact]
    public void Fit_LargestNumberBesideMissingOnes_ServesThemAsItLearntThem()
    {
        const float Largest = 3.4028233e38f;
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, 3000).Select(i => i % 3 == 0 ? float.NaN : i % 3 == 1 ? Largest : 1 + random.Next(50))];
        byte[] labels = [.. values.Select(value => (byte)(random.NextDouble() < (float.IsNaN(value) ? 0.8 : 0.2) ? 1 : 0))];
        var table = new TrainingTable(new FeatureTable([new FeatureColumn("x", ColumnKind.Numeric)], [values]), labels);
        FittedScore fitted = new TreeLearner().Prepare(table, OneFold, new() { Trees = 20 }, default).Fit([.. Enumerable.Range(0, 3000)], default);

        fitted.RawScore([Largest]).ShouldBe(fitted.RawScore([25]), 0.3);
        fitted.RawScore([float.NaN]).ShouldBeGreaterThan(fitted.RawScore([Largest]) + 1.5);
    }

    [Fact]
    public void Fit_RowsWithWeightTwo_EqualsThoseRowsTwice()
    {
        TrainingTable once = PlantedRows.Draw(400, 4, PlantedRows.Curved);
        int[] twice = [.. Enumerable.Range(0, 400).SelectMany(row => new[] { row, row })];
        var options = new TrainerOptions { Trees = 5, MinLeafSamples = 1 };
        var weighted = new TrainingTable(once.Features, once.Labels, [.. Enumerable.Repeat(2f, 400)]);
        FittedScore a = new TreeLearner().Prepare(weighted, OneFold, options, default).Fit([.. Enumerable.Range(0, 400)], default);
        FittedScore b = new TreeLearner().Prepare(once.Select(twice), OneFold, options, default).Fit([.. Enumerable.Range(0, 800)], default);
        var row = new float[3];
        for (int i = 0; i < 400; i++)
        {
            once.Features.CopyRow(i, row);
            a.RawScore(row).ShouldBe(b.RawScore(row), 1e-5);
        }
    }

    [Fact]
    public void Fit_ColumnAndRowShares_AreSeeded()
    {
        TrainingTable table = PlantedRows.Draw(600, 5, PlantedRows.Curved);
        FittedScore Fit(int seed) => new TreeLearner()
            .Prepare(table, OneFold, new TrainerOptions { Trees = 10, RowShare = 0.5, ColumnShare = 0.7, Seed = seed }, default)
            .Fit([.. Enumerable.Range(0, 600)], default);
        Fit(1).Trees!.Arrays.Value.ShouldBe(Fit(1).Trees!.Arrays.Value);
        Fit(1).Trees!.Arrays.Value.ShouldNotBe(Fit(2).Trees!.Arrays.Value);
    }

    [Fact]
    public void LaterSlice_GroupsThatReachIntoIt_AreLeftOutOfTheEarlierRows()
    {
        TrainingTable table = PlantedRows.Draw(1000, 6, _ => 0, rowsAGroup: 7);
        LaterSlice slice = LaterSlice.Of(table);
        slice.Later.Length.ShouldBe(200);
        slice.Earlier.Select(row => table.Groups[row]).Intersect(slice.Later.Select(row => table.Groups[row])).ShouldBeEmpty();
        slice.Later.Min().ShouldBeGreaterThan(slice.Earlier.Max());
    }

    private static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
