using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Trees;

public sealed class TreeScorerTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(8, 2)]
    [InlineData(31, 3)]
    [InlineData(64, 4)]
    [InlineData(255, 5)]
    [InlineData(256, 6)]
    [InlineData(512, 7)]
    public void AddTo_AnyTree_GivesEachRowTheValueThatAWalkFinds(int leaves, int seed)
    {
        // No multiple of the rows that are taken at once.
        const int Count = 5_003;
        (GrownTree tree, BinnedTable table) = Grow(Count, leaves, seed);
        tree.Nodes.Count(node => node.Left < 0).ShouldBe(leaves);
        double[] scores = [.. Enumerable.Range(0, Count).Select(row => row / 7.0)];
        new TreeScorer(tree, table).AddTo(scores, 0, Count);
        for (int row = 0; row < Count; row++)
        {
            scores[row].ShouldBe((row / 7.0) + tree.Walk(table, row), $"row {row}");
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(31, 64)]
    [InlineData(1_000, 1_033)]
    [InlineData(4_990, 5_003)]
    public void AddTo_SomeRows_LeavesOthersAlone(int start, int end)
    {
        (GrownTree tree, BinnedTable table) = Grow(5_003, 31, 8);
        var scores = new double[5_003];
        new TreeScorer(tree, table).AddTo(scores, start, end);
        for (int row = 0; row < scores.Length; row++)
        {
            scores[row].ShouldBe(row >= start && row < end ? tree.Walk(table, row) : 0, $"row {row}");
        }
    }

    [Fact]
    public void AddTo_ATreeOfOneLeaf_AddsItToAll()
    {
        (_, BinnedTable table) = Grow(100, 2, 9);
        var tree = new GrownTree();
        tree.Add(new GrownNode { Sum = default, Count = 100, Depth = 0, Value = 0.25 });
        var scores = new double[100];
        new TreeScorer(tree, table).AddTo(scores, 0, 100);
        scores.ShouldAllBe(score => score == 0.25);
    }

    /// <summary>A tree that follows noise, so that it asks about numbers, missing values and categories alike.</summary>
    private static (GrownTree Tree, BinnedTable Table) Grow(int count, int leaves, int seed)
    {
        FeatureTable features = PlantedRows.Features(count, seed);
        BinnedTable table = BinnedTable.Of(features);
        var random = new Random(seed);
        SumScale scale = SumScale.For(count, 2, 1);
        AlignedArray<RowDerivatives> derivatives = DrawnDerivatives.Of([.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)], _ => 1, scale);
        var rules = new GrowthRules { Leaves = leaves, MinLeafSamples = 2, CategoryL2 = 0, CategorySmoothing = 0 };
        var grower = new TreeGrower(table, [.. Enumerable.Repeat(1f, count)], scale, rules);
        return (grower.Grow([.. Enumerable.Range(0, count)], count, derivatives, [0, 1, 2]), table);
    }
}
