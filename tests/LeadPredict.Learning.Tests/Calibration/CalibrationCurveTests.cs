using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Tests.Calibration;

public sealed class CalibrationCurveTests
{
    public static TheoryData<CalibrationCurve> Curves =>
    [
        new IdentityCurve(),
        new SigmoidCurve(0.7, -0.3),
        new SigmoidCurve(0.0, -1.0),
        new SigmoidCurve(1e300, 0.0),
        new BetaCurve(0.5, 1.4, 0.2),
        new BetaCurve(0.0, 0.0, 0.4),
        new BetaCurve(2.0, 0.0, -0.1),
        new BetaCurve(0.0, 2.0, -0.1),
        new IsotonicCurve([0.0], [0.25]),
        new IsotonicCurve([-2.0, -1.0, 0.5, 3.0], [0.05, 0.05, 0.4, 0.9]),
        new IsotonicCurve([-double.MaxValue, double.MaxValue], [0.0, 1.0]),
    ];

    [Theory]
    [MemberData(nameof(Curves))]
    public void Probability_AnyScore_IsAProbabilityThatNeverFalls(CalibrationCurve curve)
    {
        double[] scores =
        [
            double.NegativeInfinity, -double.MaxValue, -1e6, -800, -40, .. Enumerable.Range(-200, 401).Select(i => i / 20.0), 40, 800, 1e6,
            double.MaxValue, double.PositiveInfinity,
        ];
        double before = 0.0;
        foreach (double score in scores)
        {
            double p = curve.Probability(score);
            p.ShouldBeInRange(0.0, 1.0);
            p.ShouldBeGreaterThanOrEqualTo(before - 1e-15);
            before = p;
        }

        curve.Probability(double.NaN).ShouldBe(curve.Probability(0.0));
    }

    [Fact]
    public void Beta_WithEqualWeights_IsTheSigmoid()
    {
        BetaCurve beta = new(0.8, 0.8, -0.4);
        SigmoidCurve sigmoid = new(0.8, -0.4);
        foreach (double raw in new[] { -30.0, -2.0, 0.0, 1.5, 12.0 })
        {
            beta.Probability(raw).ShouldBe(sigmoid.Probability(raw), 1e-14);
        }
    }

    [Fact]
    public void Isotonic_BetweenKnots_RunsStraight()
    {
        IsotonicCurve curve = new([-1.0, 1.0], [0.2, 0.6]);
        curve.Probability(-5.0).ShouldBe(0.2);
        curve.Probability(0.0).ShouldBe(0.4, 1e-15);
        curve.Probability(5.0).ShouldBe(0.6);
    }

    [Fact]
    public void Equality_SameParameters_IsByValue()
    {
        new SigmoidCurve(1, 2).ShouldBe(new SigmoidCurve(1, 2));
        new BetaCurve(1, 2, 3).ShouldNotBe(new BetaCurve(1, 2, 4));
        IsotonicCurve one = new([0, 1], [0.1, 0.2]);
        IsotonicCurve same = new([0, 1], [0.1, 0.2]);
        one.ShouldBe(same);
        one.GetHashCode().ShouldBe(same.GetHashCode());
        one.ShouldNotBe(new IsotonicCurve([0, 1], [0.1, 0.3]));
    }

    [Fact]
    public void Isotonic_CallersArrayChanges_CurveDoesNot()
    {
        double[] values = [0.1, 0.2];
        IsotonicCurve curve = new([0, 1], values);
        values[0] = 0.9;
        curve.Probability(-1).ShouldBe(0.1);
    }

    [Theory]
    [InlineData(double.NaN, 0, "A")]
    [InlineData(-0.1, 0, "A")]
    [InlineData(1, double.PositiveInfinity, "B")]
    public void Sigmoid_ImpossibleParameter_IsRefusedByName(double a, double b, string parameter) =>
        Should.Throw<CalibrationFormatException>(() => new SigmoidCurve(a, b)).Parameter.ShouldBe(parameter);

    [Theory]
    [InlineData(-1, 0, 0, "A")]
    [InlineData(0, -1, 0, "B")]
    [InlineData(0, 0, double.NaN, "C")]
    public void Beta_ImpossibleParameter_IsRefusedByName(double a, double b, double c, string parameter) =>
        Should.Throw<CalibrationFormatException>(() => new BetaCurve(a, b, c)).Parameter.ShouldBe(parameter);

    [Theory]
    [InlineData(new double[0], new double[0], "points")]
    [InlineData(new[] { 0.0, 1.0 }, new[] { 0.5 }, "points")]
    [InlineData(new[] { 0.0, 0.0 }, new[] { 0.1, 0.2 }, "Knots[1]")]
    [InlineData(new[] { 0.0, double.NaN }, new[] { 0.1, 0.2 }, "Knots[1]")]
    [InlineData(new[] { 0.0, 1.0 }, new[] { 0.3, 0.2 }, "Values[1]")]
    [InlineData(new[] { 0.0 }, new[] { 1.1 }, "Values[0]")]
    [InlineData(new[] { 0.0 }, new[] { double.NaN }, "Values[0]")]
    public void Isotonic_ImpossiblePoints_AreRefusedByPlace(double[] knots, double[] values, string parameter)
    {
        CalibrationFormatException refusal = Should.Throw<CalibrationFormatException>(() => new IsotonicCurve(knots, values));
        refusal.Parameter.ShouldBe(parameter);
        refusal.Message.ShouldContain(refusal.Found);
        refusal.Message.ShouldContain(refusal.Expected);
    }
}
