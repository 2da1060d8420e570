using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Tests.Binning;

/// <summary>Tables that are wider than long have coarser bins of numbers; categories keep theirs.</summary>
public sealed class BinnedTableTests
{
    [Theory]
    [InlineData(300, 10, 255)]
    [InlineData(300, 150, 255)]
    [InlineData(300, 400, 96)]
    [InlineData(200, 2_000, 32)]
    public void Numbers_OfATable_HaveAsManyBinsAsItsRowsBear(int rows, int columns, int most)
    {
        var random = new Random(1);
        FeatureTable table = new(
            [.. Enumerable.Range(0, columns).Select(i => new FeatureColumn($"n{i}", ColumnKind.Numeric)), new("c", ColumnKind.Categorical, Cardinality: 200)],
            [.. Enumerable.Range(0, columns + 1).Select(i => Enumerable.Range(0, rows).Select(row => i == columns ? row % 200 : (float)random.NextDouble()).ToArray())]);

        var binned = BinnedTable.Of(table);

        binned.Columns[..columns].Max(column => column.Count).ShouldBeLessThanOrEqualTo(most);
        binned.Columns[..columns].Max(column => column.Count).ShouldBeGreaterThan(most * 3 / 4);
        binned.Columns[columns].Count.ShouldBe(200);
    }
}
