using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Tests.Binning;

public sealed class ColumnBinsTests
{
    private static readonly FeatureColumn Number = new("n", ColumnKind.Numeric);

    [Fact]
    public void Learn_FewDistinctValues_GivesEachItsBinWithBoundariesBetween()
    {
        ColumnBins bins = ColumnBins.Learn(Number, [3, 1, 2, 1, float.NaN]);
        bins.Boundaries.ShouldBe([1.5f, 2.5f]);
        bins.Count.ShouldBe(3);
        (bins.BinOf(1), bins.BinOf(2), bins.BinOf(3), bins.BinOf(float.NaN)).ShouldBe((0, 1, 2, 3));
    }

    [Fact]
    public void Learn_ManyValues_AgreesWithTheServedComparison()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 5000).Select(_ => (float)Math.Exp(random.NextDouble() * 40 - 20))];
        ColumnBins bins = ColumnBins.Learn(Number, values);
        bins.Count.ShouldBeInRange(200, ColumnBins.MaxBins);
        foreach (float value in values)
        {
            int bin = bins.BinOf(value);
            bin.ShouldBe(bins.Boundaries.Count(boundary => !(value < boundary)));
        }

        values.GroupBy(bins.BinOf).Max(bin => bin.Count()).ShouldBeLessThan(3 * 5000 / ColumnBins.MaxBins);
    }

    [Fact]
    public void Learn_OneValueHoldsHalfTheRows_TheOthersStillGetFineBins()
    {
        float[] values = [.. Enumerable.Range(0, 2000).Select(i => i % 2 == 0 ? 0f : i)];
        ColumnBins bins = ColumnBins.Learn(Number, values);
        bins.BinOf(0).ShouldBe(0);
        bins.BinOf(1).ShouldBe(1);
        bins.Count.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Learn_NeighbouringFloats_AreStillToldApart()
    {
        float one = 1f;
        float next = MathF.BitIncrement(one);
        ColumnBins bins = ColumnBins.Learn(Number, [one, next]);
        (bins.BinOf(one), bins.BinOf(next)).ShouldBe((0, 1));
        ColumnBins wide = ColumnBins.Learn(Number, [float.MinValue, float.MaxValue]);
        (wide.BinOf(float.MinValue), wide.BinOf(float.MaxValue)).ShouldBe((0, 1));
    }

    [Fact]
    public void Learn_NothingButMissing_HasOneEmptyBin()
    {
        ColumnBins bins = ColumnBins.Learn(Number, [float.NaN, float.NaN]);
        (bins.Count, bins.BinOf(float.NaN), bins.BinOf(7)).ShouldBe((1, 1, 0));
    }

    [Fact]
    public void Learn_MoreCodesThanBins_RareOnesShareTheLastBin()
    {
        var column = new FeatureColumn("c", ColumnKind.Categorical, 1000);
        float[] codes = [.. Enumerable.Range(0, 1000).SelectMany(code => Enumerable.Repeat((float)code, code >= 900 ? 3 : 1))];
        ColumnBins bins = ColumnBins.Learn(column, codes);
        bins.LastIsRest.ShouldBeTrue();
        bins.Count.ShouldBe(ColumnBins.MaxBins);
        Enumerable.Range(900, 100).Select(code => bins.BinOf(code)).Distinct().Count().ShouldBe(100);
        bins.BinOf(899).ShouldBe(ColumnBins.MaxBins - 1);
    }
}
