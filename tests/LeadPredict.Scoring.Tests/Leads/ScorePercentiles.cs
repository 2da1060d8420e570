using LeadPredict.Scoring.Leads;

namespace LeadPredict.Scoring.Tests.Leads;

public class ScorePercentiles
{
    private static readonly double[] Even = [.. Enumerable.Range(0, 101).Select(i => i / 100.0)];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.005, 1)]
    [InlineData(0.5, 50)]
    [InlineData(0.504, 50)]
    [InlineData(0.506, 51)]
    [InlineData(1, 100)]
    public void Percentile_OfEvenQuantiles_IsTheProbability(double probability, int score) =>
        ScorePercentile.Of(Even, probability).ShouldBe(score);

    [Fact]
    public void Percentile_OutsideTheQuantiles_IsTheEnd()
    {
        double[] narrow = [.. Even.Select(value => 0.2 + (value / 10))];
        ScorePercentile.Of(narrow, 0.1).ShouldBe(0);
        ScorePercentile.Of(narrow, 0.9).ShouldBe(100);
    }

    [Fact]
    public void Percentile_InARunOfEqualQuantiles_IsItsMiddle()
    {
        double[] flat = [.. Enumerable.Range(0, 101).Select(i => i < 20 ? i / 1000.0 : i <= 80 ? 0.3 : 0.3 + (i / 1000.0))];
        ScorePercentile.Of(flat, 0.3).ShouldBe(50);
    }

    [Fact]
    public void Percentile_OfAHigherProbability_IsNeverLower()
    {
        var random = new Random(3);
        double[] quantiles = [.. Enumerable.Range(0, 101).Select(_ => Math.Round(random.NextDouble(), 1)).Order()];
        int last = 0;
        for (double probability = 0; probability <= 1; probability += 0.0005)
        {
            int score = ScorePercentile.Of(quantiles, probability);
            score.ShouldBeInRange(last, 100);
            last = score;
        }
    }

    [Theory]
    [InlineData(100, "A")]
    [InlineData(80, "A")]
    [InlineData(79, "B")]
    [InlineData(50, "B")]
    [InlineData(49, "C")]
    [InlineData(20, "C")]
    [InlineData(19, "D")]
    [InlineData(0, "D")]
    public void Grade_OfAScore_ChangesAtItsBounds(int score, string grade) => ScoreGrade.Of(score).ShouldBe(grade);
}
