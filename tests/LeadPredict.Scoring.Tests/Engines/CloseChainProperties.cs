using LeadPredict.Learning.Calibration;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Scoring.Tests.Engines;

public class CloseChainProperties
{
    private static readonly CalibrationCurve?[] Curves =
    [
        null, new IdentityCurve(), new SigmoidCurve(1.3, 0.7), new SigmoidCurve(0, -1), new BetaCurve(0, 2, 1),
        new IsotonicCurve([-5.0, 0.0, 2.0], [0.0, 0.4, 1.0]),
    ];

    [Fact]
    public void Combine_OfAnyLinks_IsOrderedAndContained()
    {
        var random = new Random(7);
        for (int i = 0; i < 5000; i++)
        {
            ProbabilityEstimate sql = Estimate(random);
            ProbabilityEstimate given = Estimate(random);
            ProbabilityEstimate close = CloseChain.Combine(sql, given, Curves[i % Curves.Length]);
            close.Low.ShouldBeInRange(0, close.Value);
            close.High.ShouldBeInRange(close.Value, 1);
            close.Value.ShouldBeLessThanOrEqualTo(sql.Value);
            close.Low.ShouldBeLessThanOrEqualTo(sql.Low);
            close.High.ShouldBeLessThanOrEqualTo(sql.High);
        }
    }

    [Fact]
    public void Combine_WithoutRecalibration_IsTheProduct() => CloseChain.Combine(0.4, 0.25, null).ShouldBe(0.1);

    [Fact]
    public void Combine_WithIdentity_IsTheProductAgain() =>
        CloseChain.Combine(0.4, 0.25, new IdentityCurve()).ShouldBe(0.1, 1e-12);

    [Fact]
    public void Combine_WhereTheCurveRisesAboveSql_StopsAtSql() =>
        CloseChain.Combine(0.2, 0.5, new SigmoidCurve(1, 9)).ShouldBe(0.2);

    private static ProbabilityEstimate Estimate(Random random)
    {
        double[] ends = [Draw(random), Draw(random), Draw(random)];
        Array.Sort(ends);
        return new(ends[1], ends[0], ends[2]);
    }

    private static double Draw(Random random) => random.Next(6) switch { 0 => 0, 1 => 1, 2 => random.NextDouble() * 1e-300, _ => random.NextDouble() };
}
