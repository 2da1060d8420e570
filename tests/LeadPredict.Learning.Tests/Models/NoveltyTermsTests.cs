using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;

namespace LeadPredict.Learning.Tests.Models;

public sealed class NoveltyTermsTests
{
    [Fact]
    public void Variance_OfRandomTermsAndRows_HasTheBitsOfTheTermsOneByOne()
    {
        var random = new Random(4);
        for (int i = 0; i < 3_000; i++)
        {
            NoveltyTerms novelty = RandomModels.Novelty(random);
            float[] row = RandomModels.Row(random);
            row[0] *= (float)random.NextDouble();
            row[1] = random.Next(9) switch { 0 => float.PositiveInfinity, 1 => float.NegativeInfinity, 2 => float.MaxValue, _ => row[1] };
            novelty.Variance(row).ShouldBe(novelty.Terms.Select((term, column) => term?.Score(row[column]) ?? 0).Aggregate(0.0, (sum, part) => sum + part));
        }
    }

    [Fact]
    public void Variance_MoreColumnsThanAVector_HasTheBitsOfTheTermsOneByOne()
    {
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++)
        {
            NoveltyTerms[] parts = [.. Enumerable.Range(0, 5).Select(_ => RandomModels.Novelty(random))];
            var novelty = new NoveltyTerms([.. parts.SelectMany(part => part.Terms)]);
            float[] row = [.. parts.SelectMany(_ => RandomModels.Row(random))];
            row[random.Next(row.Length)] = random.Next(3) switch { 0 => float.PositiveInfinity, 1 => float.NegativeInfinity, _ => -0f };
            double[] each = [.. novelty.Terms.Select((term, column) => term?.Score(row[column]) ?? 0)];
            novelty.Variance(row, out int most).ShouldBe(each.Aggregate(0.0, (sum, part) => sum + part));
            most.ShouldBe(each.Max() > 0 ? Array.IndexOf(each, each.Max()) : -1);
        }
    }

    [Fact]
    public void Variance_KnotsBetweenSingles_IsThatOfTheTermAtEachSingle()
    {
        // 0.1 and 0.7 are no singles: what lies next to them is inside or outside by the knots, not by what they round to.
        var term = new NumericTerm([-1, 0.1, 0.7, 2], [5, 0, 0, 3], 0, 0);
        var novelty = new NoveltyTerms([term]);
        foreach (float near in (float[])[0.1f, 0.7f])
        {
            foreach (float value in (float[])[float.BitDecrement(near), near, float.BitIncrement(near)])
            {
                novelty.Variance([value]).ShouldBe(term.Score(value));
            }
        }
    }

    [Fact]
    public void Interval_OfAnyRow_HoldsTheProbabilityAndTheIntervalOfItsScore()
    {
        var random = new Random(6);
        for (int i = 0; i < 3_000; i++)
        {
            ScoreModel model = RandomModels.Model(random, intervals: RandomModels.Intervals(random), novelty: RandomModels.Novelty(random));
            float[] row = RandomModels.Row(random);
            double raw = (random.NextDouble() - 0.5) * random.Next(1, 90);
            double probability = model.Probability(raw);
            ProbabilityInterval known = model.Interval(raw);
            ProbabilityInterval interval = model.Interval(row, raw, probability);
            interval.Low.ShouldBeInRange(0, Math.Min(known.Low, probability));
            interval.High.ShouldBeInRange(Math.Max(known.High, probability), 1);
        }
    }

    [Fact]
    public void Interval_OfARow_AddsSquaresInLogOdds()
    {
        var model = new ScoreModel(
            [new("a", Learning.Tables.ColumnKind.Numeric)], null, null, 0, 0, 0, new IdentityCurve(),
            new IntervalTable([0], [LogOdds.ToProbability(-0.3)], [LogOdds.ToProbability(0.4)]),
            new NoveltyTerms([new NumericTerm([0, 1], [0, 2], 0, 0)]));
        ProbabilityInterval interval = model.Interval([1], 0, 0.5);
        interval.Low.ShouldBe(LogOdds.ToProbability(-Math.Sqrt((0.3 * 0.3) + (1.6448536 * 1.6448536 * 2))), 1e-6);
        interval.High.ShouldBe(LogOdds.ToProbability(Math.Sqrt((0.4 * 0.4) + (1.6448536 * 1.6448536 * 2))), 1e-6);
        model.Interval([0], 0, 0.5).ShouldBe(model.Interval(0));
    }

    [Theory]
    [InlineData(0, 0, -1)] // Nothing is novel.
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 1)] // The larger part.
    [InlineData(float.NaN, 0, -1)] // Too little to show.
    public void MostNovel_OfARow_IsTheColumnThatMakesItsIntervalMuchWider(float a, float b, int expected)
    {
        var model = new ScoreModel(
            [new("a", Learning.Tables.ColumnKind.Numeric), new("b", Learning.Tables.ColumnKind.Numeric)], null, null, 0, 0, 0, new IdentityCurve(),
            new IntervalTable([0], [LogOdds.ToProbability(-0.5)], [LogOdds.ToProbability(0.5)]),
            new NoveltyTerms([new NumericTerm([0, 1], [0, 0.5], 0.01, 0), new NumericTerm([0, 1], [0, 1], 0, 0)]));
        model.MostNovel([a, b], 0.5, model.Interval([a, b], 0, 0.5)).ShouldBe(expected);
    }

    [Fact]
    public void MostNovel_OfANarrowInterval_IsNone()
    {
        // Three times as wide as without the error, and still nothing to warn of.
        var model = new ScoreModel(
            [new("a", Learning.Tables.ColumnKind.Numeric)], null, null, 0, 0, 0, new IdentityCurve(),
            new IntervalTable([0], [0.009], [0.011]), new NoveltyTerms([new NumericTerm([0, 1], [0, 0.1], 0, 0)]));
        ProbabilityInterval interval = model.Interval([1], 0, 0.01);
        (interval.High - interval.Low).ShouldBeInRange(0.006, 0.2);
        model.MostNovel([1], 0.01, interval).ShouldBe(-1);
    }

    [Theory]
    [InlineData(0.0, 0.0, 0.1)]
    [InlineData(1.0, 0.9, 1.0)]
    [InlineData(1e-12, 0.0, 1e-11)]
    [InlineData(1e-12, 1e-13, 1e-11)]
    [InlineData(0.5, 0.0, 1.0)]
    public void Widen_ProbabilitiesNearTheEnds_IsNeverNarrower(double probability, double low, double high)
    {
        double lastLow = low;
        double lastHigh = high;
        foreach (double variance in (double[])[0, 1e-9, 1, 1e9, double.MaxValue])
        {
            ProbabilityInterval interval = IntervalWidth.Widen(new ProbabilityInterval(low, high), probability, variance);
            interval.Low.ShouldBeInRange(0, lastLow);
            interval.High.ShouldBeInRange(lastHigh, 1);
            (lastLow, lastHigh) = (interval.Low, interval.High);
        }
    }

    [Fact]
    public void Interval_ManyRows_AllocatesNothing()
    {
        ScoreModel model = RandomModels.Model(new Random(1), novelty: RandomModels.Novelty(new Random(1)));
        float[] row = RandomModels.Row(new Random(2));
        double sum = model.Interval(row, 0.5, 0.5).Low;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            sum += model.Interval(row, 0.5, 0.5).Low;
        }

        GC.GetAllocatedBytesForCurrentThread().ShouldBe(before);
        double.IsFinite(sum).ShouldBeTrue();
    }

    [Fact]
    public void Terms_ThatAreNoVariances_AreRefused()
    {
        Should.Throw<ModelShapeException>(() => new NoveltyTerms([null, new NumericTerm([0], [-1e-9], 0, 0)])).Part.ShouldBe("Novelty.Terms[1]");
        Should.Throw<ModelShapeException>(() => new NoveltyTerms([new CategoricalTerm([0, 1], -1, 0)])).Expected.ShouldBe("variances of 0 or more");
        Should.Throw<ModelShapeException>(() => new NoveltyTerms([new NumericTerm([0], [1e308], 0, 0), new NumericTerm([0], [1e308], 0, 0)]))
            .Part.ShouldBe("largest possible novelty");
        Should.Throw<ModelShapeException>(() => new NoveltyTerms(default)).Part.ShouldBe("Novelty.Terms");
        Should.Throw<ModelShapeException>(() => RandomModels.Model(new Random(1), novelty: new NoveltyTerms([null]))).Part.ShouldBe("Novelty.Terms length");
        Should.Throw<ModelShapeException>(
            () => RandomModels.Model(new Random(1), novelty: new NoveltyTerms([new CategoricalTerm([0], 0, 0), null, null, null, null])))
            .Part.ShouldBe("Novelty.Terms[0]");
    }
}
