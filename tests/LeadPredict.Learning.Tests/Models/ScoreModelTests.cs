using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Tests.Models;

public sealed class ScoreModelTests
{
    private static readonly FeatureColumn[] OneColumn = [new("a", ColumnKind.Numeric)];

    [Theory]
    [InlineData(-9f, -1)]
    [InlineData(0f, -1)]
    [InlineData(1f, 0)]
    [InlineData(2f, 1)]
    [InlineData(3f, 2)]
    [InlineData(float.NegativeInfinity, -1)]
    [InlineData(float.PositiveInfinity, 2)]
    [InlineData(float.NaN, 7)]
    public void RawScore_NumericTerm_InterpolatesAndIsLevelOutside(float value, double expected)
    {
        var term = new NumericTerm([0, 2, 3], [-1, 1, 2], missing: 7, average: 0);
        new LinearTerms([term]).Score([value]).ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void NumericTerm_ValuesWhoseDifferenceIsNoNumber_IsRefused() =>
        Should.Throw<ModelShapeException>(() => new NumericTerm([0, 1], [-1e308, 1e308], 0, 0)).Part.ShouldBe("Term.Values[1]");

    [Theory]
    [InlineData(0f, 1)]
    [InlineData(1f, 2)]
    [InlineData(5f, 1)]
    [InlineData(-1f, 1)]
    [InlineData(float.NaN, 3)]
    public void RawScore_CategoricalTerm_UnseenCodesCountAsOther(float value, double expected) =>
        new LinearTerms([new CategoricalTerm([1, 2], missing: 3, average: 0)]).Score([value]).ShouldBe(expected);

    [Fact]
    public void RawScore_OfLinearTerms_HasTheBitsOfTheTermsOneByOne()
    {
        var random = new Random(8);
        for (int i = 0; i < 2_000; i++)
        {
            LinearTerms linear = RandomModels.Linear(random);
            float[] row = RandomModels.Row(random);
            row[0] *= (float)random.NextDouble();
            double sum = 0;
            for (int column = 0; column < row.Length; column++)
            {
                sum += linear.Terms[column].Score(row[column]);
            }

            linear.Score(row).ShouldBe(sum);
        }
    }

    [Fact]
    public void RawScore_RowOfOtherLength_IsRefused()
    {
        ScoreModel model = RandomModels.Model(new Random(1));
        Should.Throw<ArgumentException>(() => model.RawScore([1f])).Message.ShouldContain("expected 5");
    }

    [Fact]
    public void RawScore_ManyRows_AllocatesNothing()
    {
        ScoreModel model = RandomModels.Model(new Random(1));
        float[] row = RandomModels.Row(new Random(2));
        double sum = model.RawScore(row);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            sum += model.Interval(model.RawScore(row)).Low;
        }

        GC.GetAllocatedBytesForCurrentThread().ShouldBe(before);
        double.IsFinite(sum).ShouldBeTrue();
    }

    [Fact]
    public void Interval_CurveOutsideTheTable_StillContainsTheProbability()
    {
        var table = new IntervalTable([-1, 1], [0.4, 0.5], [0.45, 0.55]);
        var model = new ScoreModel(OneColumn, null, null, 0, 0, 0, new SigmoidCurve(2, 0), table);
        for (double raw = -10; raw <= 10; raw += 0.25)
        {
            ProbabilityInterval interval = model.Interval(raw);
            interval.Low.ShouldBeLessThanOrEqualTo(model.Probability(raw));
            interval.High.ShouldBeGreaterThanOrEqualTo(model.Probability(raw));
        }

        model.Intervals.At(0).Low.ShouldBe(0.45, 1e-12);
        model.Intervals.At(-5).ShouldBe(new ProbabilityInterval(0.4, 0.45));
        model.Intervals.At(double.PositiveInfinity).ShouldBe(new ProbabilityInterval(0.5, 0.55));
    }

    [Fact]
    public void IntervalTable_BrokenKnots_AreRefused()
    {
        Should.Throw<ModelShapeException>(() => new IntervalTable([], [], []));
        Should.Throw<ModelShapeException>(() => new IntervalTable([0, 0], [0, 0], [1, 1])).Part.ShouldBe("Intervals.Knots[1]");
        Should.Throw<ModelShapeException>(() => new IntervalTable([0, 1], [0.2, 0.1], [1, 1])).Part.ShouldBe("Intervals.Low[1]");
        Should.Throw<ModelShapeException>(() => new IntervalTable([0], [0.5], [0.4])).Part.ShouldBe("Intervals.High[0]");
        Should.Throw<ModelShapeException>(() => new IntervalTable([0], [double.NaN], [0.4])).Part.ShouldBe("Intervals.Low[0]");
    }

    [Fact]
    public void Constructor_PartsThatCannotServe_AreRefused()
    {
        var huge = new LinearTerms([new NumericTerm([0], [1e300], 0, 0)]);
        Should.Throw<ModelShapeException>(
            () => new ScoreModel(OneColumn, null, huge, 0, 1e300, 0, new IdentityCurve(), IntervalTable.Unknown)).Part.ShouldBe("largest possible score");
        Should.Throw<ModelShapeException>(
            () => new ScoreModel(OneColumn, null, null, 0, 0, double.NaN, new IdentityCurve(), IntervalTable.Unknown)).Part.ShouldBe("Intercept");
        Should.Throw<ModelShapeException>(
            () => new ScoreModel([], null, huge, 0, 1, 0, new IdentityCurve(), IntervalTable.Unknown)).Part.ShouldBe("Linear.Terms length");
        Should.Throw<ModelShapeException>(() => new NumericTerm([1, 1], [0, 0], 0, 0)).Part.ShouldBe("Term.Knots[1]");
        Should.Throw<ModelShapeException>(() => new NumericTerm([1, 2], [0], 0, 0)).Part.ShouldBe("Term.Values length");
        Should.Throw<ModelShapeException>(() => new CategoricalTerm([], 0, 0)).Part.ShouldBe("Term.Coefficients");
        Should.Throw<ModelShapeException>(() => new LinearTerms(default)).Part.ShouldBe("Linear.Terms");
    }
}
