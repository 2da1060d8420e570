using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Learning.Tests.Evaluation;

public sealed class ScoreBandsTests
{
    [Fact]
    public void Of_ManyDistinctScores_CutsTenths()
    {
        DrawnRows rows = DrawnRows.Draw(1000, seed: 1);
        IReadOnlyList<ScoreBand> bands = ScoreBands.Of(rows.Probabilities, rows.Labels, 10);
        bands.Select(b => b.N).ShouldAllBe(n => n == 100);
        bands.Select(b => b.Band).ShouldBe(Enumerable.Range(1, 10));
        bands.Sum(b => b.Positives).ShouldBe(rows.Labels.Sum(l => l));
        bands[0].Rate.ShouldBeGreaterThan(bands[9].Rate);
        for (int i = 1; i < 10; i++)
        {
            bands[i].ScoreHigh.ShouldBeLessThanOrEqualTo(bands[i - 1].ScoreLow);
        }
    }

    [Fact]
    public void Of_CoarseScore_NeverPartsEqualScores()
    {
        double[] scores = [.. Enumerable.Range(0, 100).Select(i => i < 5 ? 90.0 : i < 60 ? 40.0 : 10.0)];
        byte[] labels = [.. scores.Select(s => (byte)(s > 50 ? 1 : 0))];
        IReadOnlyList<ScoreBand> bands = ScoreBands.Of(scores, labels, 10);
        bands.Select(b => b.N).ShouldBe([5, 55, 40]);
        bands.Select(b => b.Band).ShouldBe([1, 4, 9]);
        bands[0].Rate.ShouldBe(1.0);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(137)]
    public void WilsonInterval_OfNoneOrAll_EndsAtTheBoundExactly(int n)
    {
        WilsonInterval.Of(0, n).Low.ShouldBe(0.0);
        WilsonInterval.Of(n, n).High.ShouldBe(1.0);
    }

    [Fact]
    public void WilsonInterval_KnownCase_HasTheTextbooksValues()
    {
        (double low, double high) = WilsonInterval.Of(15, 50);
        low.ShouldBe(0.1910, 5e-4);
        high.ShouldBe(0.4375, 5e-4);
        WilsonInterval.Of(0, 0).ShouldBe((0.0, 1.0));
        WilsonInterval.Of(0, 10).Low.ShouldBe(0.0, 1e-12);
    }
}
