using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Tests.Calibration;

public sealed class CalibrationFitterTests
{
    [Fact]
    public void Sigmoid_LabelsDrawnFromOne_FindsItsParameters()
    {
        DrawnScores drawn = DrawnScores.FromSigmoid(0.6, -0.5, 15_000, seed: 1);
        SigmoidCurve curve = CalibrationFitter.Fit(CalibrationMethod.Sigmoid, drawn.Raw, drawn.Labels, []).ShouldBeOfType<SigmoidCurve>();
        curve.A.ShouldBe(0.6, 0.05);
        curve.B.ShouldBe(-0.5, 0.07);
    }

    [Fact]
    public void Sigmoid_AnySample_IsAStationaryPointOfPlattsLoss()
    {
        DrawnScores drawn = DrawnScores.FromSigmoid(1.3, 0.2, 60, seed: 2);
        SigmoidCurve curve = (SigmoidCurve)CalibrationFitter.Fit(CalibrationMethod.Sigmoid, drawn.Raw, drawn.Labels, []);
        int positives = drawn.Labels.Sum(l => l);
        int negatives = drawn.Labels.Length - positives;
        double slope = 0.0;
        double level = 0.0;
        for (int i = 0; i < drawn.Raw.Length; i++)
        {
            double target = drawn.Labels[i] == 1 ? (positives + 1.0) / (positives + 2.0) : 1.0 / (negatives + 2.0);
            slope += (curve.Probability(drawn.Raw[i]) - target) * drawn.Raw[i];
            level += curve.Probability(drawn.Raw[i]) - target;
        }

        slope.ShouldBe(0.0, 1e-6);
        level.ShouldBe(0.0, 1e-6);
    }

    [Fact]
    public void Beta_LabelsDrawnFromOne_FollowsItsCurve()
    {
        BetaCurve truth = new(0.4, 1.5, 0.3);
        DrawnScores drawn = DrawnScores.From(truth.Probability, 20_000, seed: 3);
        BetaCurve curve = CalibrationFitter.Fit(CalibrationMethod.Beta, drawn.Raw, drawn.Labels, []).ShouldBeOfType<BetaCurve>();
        foreach (double raw in new[] { -4.0, -2.0, -1.0, 0.0, 1.0, 2.0 })
        {
            curve.Probability(raw).ShouldBe(truth.Probability(raw), 0.03);
        }
    }

    [Fact]
    public void Beta_FreeOptimumHasANegativeWeight_KeepsItAtZero()
    {
        // Above 0 the rate falls again, which no curve that never falls can follow.
        DrawnScores drawn = DrawnScores.From(raw => raw < 0 ? LogOdds.ToProbability(raw) : 0.5 - (0.1 * Math.Min(raw, 4.0)), 5_000, seed: 4);
        BetaCurve curve = (BetaCurve)CalibrationFitter.Fit(CalibrationMethod.Beta, drawn.Raw, drawn.Labels, []);
        curve.B.ShouldBe(0.0);
        curve.A.ShouldBeGreaterThan(0.0);
    }

    [Fact]
    public void Isotonic_AnySample_AgreesWithTheMaxMinFormula()
    {
        for (int seed = 0; seed < 8; seed++)
        {
            Random random = new(seed);
            double[] raw = [.. Enumerable.Range(0, 40).Select(i => i + (random.NextDouble() * 0.5))];
            byte[] labels = [.. raw.Select(r => (byte)(random.NextDouble() < r / 40.0 ? 1 : 0))];
            float[] weights = [.. raw.Select(_ => random.Next(1, 4) * 0.5f)];
            IsotonicCurve curve = (IsotonicCurve)CalibrationFitter.Fit(CalibrationMethod.Isotonic, raw, labels, weights);

            // Rates inside (0, 1) are untouched by the softening of the ends unless an end was pooled into them.
            double[] naive = [.. Enumerable.Range(0, 40).Select(i => MaxMin(labels, weights, i))];
            double[] inner = [.. naive.Distinct().Where(v => v > 0.0 && v < 1.0)];
            int found = inner.Count(v => curve.Values.Any(c => Math.Abs(c - v) < 1e-9));
            found.ShouldBeGreaterThanOrEqualTo(inner.Length - 2);
            curve.Values[0].ShouldBeGreaterThan(0.0);
            curve.Values[^1].ShouldBeLessThan(1.0);
        }
    }

    [Fact]
    public void Isotonic_PureEnds_AreSoftenedByLaplacesRule()
    {
        double[] raw = [.. Enumerable.Range(0, 20)];
        byte[] labels = [.. Enumerable.Range(0, 20).Select(i => (byte)(i >= 10 ? 1 : 0))];
        IsotonicCurve curve = (IsotonicCurve)CalibrationFitter.Fit(CalibrationMethod.Isotonic, raw, labels, []);
        curve.Values.ShouldBe([1.0 / 12.0, 11.0 / 12.0], 1e-12);
        curve.Knots.ShouldBe([4.5, 14.5], 1e-12);
    }

    [Fact]
    public void Isotonic_SmallPureEndNextToALowRate_IsPooledIntoIt()
    {
        byte[] labels = [0, .. Enumerable.Range(0, 99).Select(i => (byte)(i == 0 ? 1 : 0)), 1, 1];
        double[] raw = [-5.0, .. Enumerable.Repeat(0.0, 99), 3.0, 3.0];
        IsotonicCurve curve = (IsotonicCurve)CalibrationFitter.Fit(CalibrationMethod.Isotonic, raw, labels, []);
        curve.Values.ShouldBe([0.01, 0.75], 1e-12);
    }

    [Theory]
    [InlineData(CalibrationMethod.Sigmoid)]
    [InlineData(CalibrationMethod.Beta)]
    [InlineData(CalibrationMethod.Isotonic)]
    public void Fit_WeightOfThree_EqualsTheRowThreeTimes(CalibrationMethod method)
    {
        DrawnScores drawn = DrawnScores.FromSigmoid(0.8, 0.1, 200, seed: 5);
        float[] weights = [.. drawn.Raw.Select((_, i) => i % 3 == 0 ? 3f : 1f)];
        int[] repeated = [.. Enumerable.Range(0, 200).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        CalibrationCurve weighted = CalibrationFitter.Fit(method, drawn.Raw, drawn.Labels, weights);
        CalibrationCurve listed = CalibrationFitter.Fit(
            method, [.. repeated.Select(i => drawn.Raw[i])], [.. repeated.Select(i => drawn.Labels[i])], []);
        foreach (double raw in drawn.Raw)
        {
            weighted.Probability(raw).ShouldBe(listed.Probability(raw), 1e-7);
        }
    }

    [Theory]
    [InlineData(CalibrationMethod.Sigmoid)]
    [InlineData(CalibrationMethod.Beta)]
    [InlineData(CalibrationMethod.Isotonic)]
    public void Fit_HardSamples_StaysAwayFromZeroAndOne(CalibrationMethod method)
    {
        double[] spread = [.. Enumerable.Range(-10, 21).Select(i => i * 3.0)];
        byte[][] labelings =
        [
            [.. spread.Select(r => (byte)(r > 0 ? 1 : 0))], // parted perfectly
            [.. spread.Select(r => (byte)(r > 0 ? 0 : 1))], // the wrong way round
            [.. spread.Select(_ => (byte)0)],
            [.. spread.Select(_ => (byte)1)],
        ];
        foreach (byte[] labels in labelings)
        {
            foreach (double[] raw in new[] { spread, new double[spread.Length], [.. spread.Select(r => r > 0 ? 2.0 : -2.0)] })
            {
                CalibrationCurve curve = CalibrationFitter.Fit(method, raw, labels, []);
                foreach (double r in raw)
                {
                    curve.Probability(r).ShouldBeInRange(1e-6, 1.0 - 1e-6);
                }
            }
        }
    }

    [Fact]
    public void Fit_BadRow_IsRefusedWithItsPlace()
    {
        Should.Throw<ArgumentException>(() => CalibrationFitter.Fit(CalibrationMethod.Sigmoid, [0.0, double.NaN], [0, 1], []))
            .Message.ShouldContain("row 1");
        Should.Throw<ArgumentException>(() => CalibrationFitter.Fit(CalibrationMethod.Sigmoid, [0.0], [0, 1], []));
        Should.Throw<ArgumentException>(() => CalibrationFitter.Fit(CalibrationMethod.Sigmoid, [0.0], [1], [0f]));
    }

    private static double MaxMin(byte[] labels, float[] weights, int at)
    {
        double best = double.NegativeInfinity;
        for (int from = 0; from <= at; from++)
        {
            double least = double.PositiveInfinity;
            for (int to = at; to < labels.Length; to++)
            {
                double weight = 0.0;
                double positive = 0.0;
                for (int i = from; i <= to; i++)
                {
                    weight += weights[i];
                    positive += weights[i] * labels[i];
                }

                least = Math.Min(least, positive / weight);
            }

            best = Math.Max(best, least);
        }

        return best;
    }
}
