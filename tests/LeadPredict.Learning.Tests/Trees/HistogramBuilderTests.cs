using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Trees;

public sealed class HistogramBuilderTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(100_000)]
    public void Build_RowsOfANode_EqualsTheNaiveSums(int rowCount)
    {
        FeatureTable features = PlantedRows.Features(rowCount, 3);
        BinnedTable table = BinnedTable.Of(features);
        var random = new Random(4);
        float[] gradients = [.. Enumerable.Range(0, rowCount).Select(_ => (float)(random.NextDouble() - 0.5))];
        float[] hessians = [.. Enumerable.Range(0, rowCount).Select(_ => (float)random.NextDouble())];
        int[] rows = [.. Enumerable.Range(0, rowCount).Where(row => row % 7 != 0)];
        var builder = new HistogramBuilder(table);
        var histogram = new HistogramBin[builder.Length];
        builder.Build(rows, gradients, hessians, [0, 1, 2], histogram);

        for (int column = 0; column < 3; column++)
        {
            for (int bin = 0; bin <= table.Columns[column].Count; bin++)
            {
                int[] inside = [.. rows.Where(row => table.Bin(column, row) == bin)];
                HistogramBin found = histogram[table.Offsets[column] + bin];
                found.Count.ShouldBe(inside.Length);
                found.Gradient.ShouldBe(inside.Sum(row => (double)gradients[row]), 1e-9);
                found.Hessian.ShouldBe(inside.Sum(row => (double)hessians[row]), 1e-9);
            }
        }
    }

    [Fact]
    public void Subtract_OneChildFromTheParent_GivesTheOther()
    {
        BinnedTable table = BinnedTable.Of(PlantedRows.Features(400, 5));
        float[] ones = [.. Enumerable.Repeat(1f, 400)];
        var builder = new HistogramBuilder(table);
        var parent = new HistogramBin[builder.Length];
        var child = new HistogramBin[builder.Length];
        var other = new HistogramBin[builder.Length];
        int[] columns = [0, 1, 2];
        builder.Build(Enumerable.Range(0, 400).ToArray(), ones, ones, columns, parent);
        builder.Build(Enumerable.Range(0, 150).ToArray(), ones, ones, columns, child);
        builder.Build(Enumerable.Range(150, 250).ToArray(), ones, ones, columns, other);
        builder.Subtract(parent, child, columns);
        parent.Select(bin => bin.Count).ShouldBe(other.Select(bin => bin.Count));
    }
}
