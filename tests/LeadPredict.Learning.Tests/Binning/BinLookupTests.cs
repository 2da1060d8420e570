using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Tests.Binning;

public sealed class BinLookupTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(255)]
    [InlineData(4000)]
    public void Fill_AnyNumberOfBoundaries_EqualsTheSearch(int distinct)
    {
        var random = new Random(distinct);
        float[] values = [.. Enumerable.Range(0, 9000).Select(row => row % 11 == 0 ? float.NaN : (random.Next(distinct) * 0.7f) - 20)];
        ColumnBins bins = ColumnBins.Learn(new FeatureColumn("x", ColumnKind.Numeric), values);
        float[] asked = [.. values, .. bins.Boundaries, .. bins.Boundaries.Select(MathF.BitIncrement), .. bins.Boundaries.Select(MathF.BitDecrement), float.MinValue, float.MaxValue, -0f];
        var found = new byte[asked.Length];
        bins.Fill(asked, found);
        for (int i = 0; i < asked.Length; i++)
        {
            ((int)found[i]).ShouldBe(bins.BinOf(asked[i]));
        }
    }

    [Fact]
    public void Sort_AnyFiniteFloats_EqualsTheLibrarys()
    {
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, 5000).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))).Where(float.IsFinite), 0, float.MaxValue, float.MinValue, float.Epsilon];
        float[] sorted = [.. values.Order()];
        FloatSort.Sort(values);
        values.ShouldBe(sorted);
    }

    [Fact]
    public void Sample_AsManyRowsAsAreSorted_TakesAll() => BinBoundaries.Sample(BinBoundaries.MostSorted).ShouldBeNull();

    [Fact]
    public void Find_MoreRowsThanAreSorted_BinsHoldAboutTheSame()
    {
        int count = BinBoundaries.MostSorted * 3;
        var random = new Random(6);
        var values = new float[count];
        for (int row = 0; row < count; row++)
        {
            values[row] = random.NextSingle();
        }

        int[] sample = BinBoundaries.Sample(count).ShouldNotBeNull();
        sample.Select(row => row / 3).ShouldBe(Enumerable.Range(0, BinBoundaries.MostSorted));
        float[] boundaries = BinBoundaries.Find(values, 255, sample);
        boundaries.Length.ShouldBe(254);
        boundaries.ShouldBe(BinBoundaries.Find(values, 255, BinBoundaries.Sample(count)));
        for (int i = 0; i < boundaries.Length; i++)
        {
            boundaries[i].ShouldBe((i + 1) / 255f, 0.01f);
        }
    }
}
