using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Trees;

public sealed class HistogramBuilderTests
{
    [Theory]
    [InlineData(500, new[] { 0, 1, 2 })]
    [InlineData(500, new[] { 0, 2 })]
    [InlineData(100_000, new[] { 0, 1, 2 })]
    [InlineData(100_000, new[] { 1 })]
    public void Build_RowsOfANode_EqualsTheNaiveSums(int rowCount, int[] columns)
    {
        FeatureTable features = PlantedRows.Features(rowCount, 3);
        BinnedTable table = BinnedTable.Of(features);
        SumScale scale = SumScale.For(rowCount, 1, 1);
        AlignedArray<RowDerivatives> derivatives = DrawnDerivatives.Of(rowCount, 4, scale);
        int[] rows = [.. Enumerable.Range(0, rowCount).Where(row => row % 7 != 0)];
        Histogram histogram = new HistogramBuilder(table, scale, new HistogramPool(table.Offsets[^1])).Build(rows, derivatives, columns);
        for (int column = 0; column < 3; column++)
        {
            for (int bin = 0; bin <= table.Columns[column].Count; bin++)
            {
                BinSum sum = default;
                foreach (int row in rows.Where(row => columns.Contains(column) && table.Column(column)[row] == bin))
                {
                    sum += scale.Unpack(derivatives.Span[row].Packed);
                }

                BinSum found = histogram.Bins[table.Offsets[column] + bin];
                found.Gradient.ShouldBe(sum.Gradient);
                found.HessianAndCount.ShouldBe(sum.HessianAndCount);
            }
        }
    }

    [Fact]
    public void Subtract_OneChildFromTheParent_GivesTheOther()
    {
        BinnedTable table = BinnedTable.Of(PlantedRows.Features(400, 5));
        SumScale scale = SumScale.For(400, 1, 1);
        AlignedArray<RowDerivatives> derivatives = DrawnDerivatives.Of(400, 6, scale);
        var builder = new HistogramBuilder(table, scale, new HistogramPool(table.Offsets[^1]));
        int[] columns = [0, 1, 2];
        Histogram parent = builder.Build(Enumerable.Range(0, 400).ToArray(), derivatives, columns);
        Histogram child = builder.Build(Enumerable.Range(0, 150).ToArray(), derivatives, columns);
        Histogram other = builder.Build(Enumerable.Range(150, 250).ToArray(), derivatives, columns);
        parent.Subtract(child);
        parent.Bins.ToArray().Select(bin => bin.Gradient).ShouldBe(other.Bins.ToArray().Select(bin => bin.Gradient));
        parent.Bins.ToArray().Select(bin => bin.HessianAndCount).ShouldBe(other.Bins.ToArray().Select(bin => bin.HessianAndCount));
    }
}
