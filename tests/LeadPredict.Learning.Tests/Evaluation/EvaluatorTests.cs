using System.Text.Json;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Learning.Tests.Evaluation;

public sealed class EvaluatorTests
{
    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 1)] // one decimal: nearly every row is tied with others
    [InlineData(3, 2)]
    public void Evaluate_AnyRows_AgreesWithTheDefinitions(int seed, int decimals)
    {
        DrawnRows rows = DrawnRows.Draw(203, seed, decimals: decimals);
        EvaluationReport report = Evaluator.Evaluate(rows.Probabilities, rows.Labels, rows.Groups, seed, resamples: 20);
        report.N.ShouldBe(203);
        report.Positives.ShouldBe(rows.Labels.Sum(l => l));
        report.Auc.Value.ShouldBe(NaiveMetrics.Auc(rows.Probabilities, rows.Labels), 1e-12);
        report.PrAuc.Value.ShouldBe(NaiveMetrics.AveragePrecision(rows.Probabilities, rows.Labels), 1e-12);
        report.Ece.Value.ShouldBe(NaiveMetrics.Ece(rows.Probabilities, rows.Labels), 1e-12);
        report.LogLoss.Value.ShouldBe(rows.Probabilities.Zip(rows.Labels, (p, y) => -Math.Log(y == 1 ? p : 1 - p)).Average(), 1e-12);
        report.Brier.Value.ShouldBe(rows.Probabilities.Zip(rows.Labels, (p, y) => (p - y) * (p - y)).Average(), 1e-12);
        report.PrecisionAt10.Value.ShouldBe(NaiveMetrics.PrecisionByShuffling(rows.Probabilities, rows.Labels, 10, 600, seed), 0.03);
        report.PrecisionAt20.Value.ShouldBe(NaiveMetrics.PrecisionByShuffling(rows.Probabilities, rows.Labels, 20, 600, seed), 0.03);
        report.LiftAt20.Value.ShouldBe(report.PrecisionAt20.Value / report.BaseRate, 1e-12);
        ProbabilityMetrics.LogLoss(rows.Probabilities, rows.Labels).ShouldBe(report.LogLoss.Value, 1e-12);
        ProbabilityMetrics.Brier(rows.Probabilities, rows.Labels).ShouldBe(report.Brier.Value, 1e-12);
        ProbabilityMetrics.Ece(rows.Probabilities, rows.Labels).ShouldBe(report.Ece.Value, 1e-12);
        RankingMetrics.Auc(rows.Probabilities, rows.Labels).ShouldBe(report.Auc.Value);
        RankingMetrics.AveragePrecision(rows.Probabilities, rows.Labels).ShouldBe(report.PrAuc.Value);
    }

    [Fact]
    public void Figures_RowsCountedSeveralTimes_EqualTheRowsWrittenOut()
    {
        DrawnRows rows = DrawnRows.Draw(120, seed: 4, decimals: 2);
        Random random = new(5);
        int[] counts = [.. rows.Labels.Select(_ => random.Next(4))];
        double[] p = NaiveMetrics.Repeat(rows.Probabilities, counts);
        byte[] labels = NaiveMetrics.Repeat(rows.Labels, counts);
        EvaluationReport listed = Evaluator.Evaluate(p, labels, [], 0, resamples: 0);

        RowFigures counted = new ScoredRows(rows.Probabilities, rows.Probabilities, rows.Labels).Figures(counts);
        counted.LogLoss.ShouldBe(listed.LogLoss.Value, 1e-12);
        counted.Brier.ShouldBe(listed.Brier.Value, 1e-12);
        counted.Rank.Auc.ShouldBe(listed.Auc.Value, 1e-12);
        counted.Rank.PrAuc.ShouldBe(listed.PrAuc.Value, 1e-12);
        counted.Rank.PrecisionAt10.ShouldBe(listed.PrecisionAt10.Value, 1e-12);
        counted.Rank.LiftAt20.ShouldBe(listed.LiftAt20.Value, 1e-12);
        CalibrationLine line = new(rows.Probabilities, rows.Labels);
        line.Intercept(counts).ShouldBe(listed.CalibrationIntercept.Value, 1e-9);
        line.Slope(counts, (0.0, 1.0)).Slope.ShouldBe(listed.CalibrationSlope.Value, 1e-9);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.05)]
    public void EceByChance_OfRightProbabilities_IsTheirEceOnAverage(double least)
    {
        var random = new Random(8);
        double[] errors = [.. Enumerable.Range(0, 400).Select(_ =>
        {
            double[] right = [.. Enumerable.Range(0, 600).Select(_ => least + (random.NextDouble() * 0.3))];
            EvaluationReport report = Evaluator.Evaluate(right, [.. right.Select(p => random.NextDouble() < p ? (byte)1 : (byte)0)], [], 0, resamples: 5);
            (report.Ece.Low, report.Ece.High).ShouldBe((double.NaN, double.NaN), "resamples of it lie above it");
            return report.Ece.Value / report.EceByChance!.Value;
        })];

        errors.Average().ShouldBe(1, 0.03);
    }

    [Theory]
    [InlineData(0.5, 0.4)]
    [InlineData(1.6, -0.7)]
    public void CalibrationSlope_LogOddsStretched_IsTheInverseStretch(double stretch, double shift)
    {
        DrawnRows rows = DrawnRows.Draw(20_000, seed: 6);
        double[] distorted = [.. rows.Probabilities.Select(p => LogOdds.ToProbability((LogOdds.Of(p) * stretch) + shift))];
        EvaluationReport report = Evaluator.Evaluate(distorted, rows.Labels, [], 0, resamples: 0);
        report.CalibrationSlope.Value.ShouldBe(1.0 / stretch, 0.06 / stretch);
    }

    [Fact]
    public void CalibrationIntercept_LogOddsShifted_IsTheShiftBack()
    {
        DrawnRows rows = DrawnRows.Draw(20_000, seed: 7);
        double[] shifted = [.. rows.Probabilities.Select(p => LogOdds.ToProbability(LogOdds.Of(p) + 0.8))];
        EvaluationReport report = Evaluator.Evaluate(shifted, rows.Labels, [], 0, resamples: 0);
        report.CalibrationIntercept.Value.ShouldBe(-0.8, 0.05);
        report.CalibrationSlope.Value.ShouldBe(1.0, 0.05);
    }

    [Fact]
    public void Evaluate_SameSeed_GivesTheSameReport()
    {
        DrawnRows rows = DrawnRows.Draw(400, seed: 8);
        string one = JsonSerializer.Serialize(Evaluator.Evaluate(rows.Probabilities, rows.Labels, rows.Groups, 3, 50));
        string two = JsonSerializer.Serialize(Evaluator.Evaluate(rows.Probabilities, rows.Labels, rows.Groups, 3, 50));
        string other = JsonSerializer.Serialize(Evaluator.Evaluate(rows.Probabilities, rows.Labels, rows.Groups, 4, 50));
        two.ShouldBe(one);
        other.ShouldNotBe(one);
    }

    [Fact]
    public void Evaluate_RepeatedSamples_IntervalHoldsTheTruthAboutAsOftenAsItSays()
    {
        DrawnRows all = DrawnRows.Draw(40_000, seed: 9);
        double truth = RankingMetrics.Auc(all.Probabilities, all.Labels);
        int held = 0;
        for (int sample = 0; sample < 100; sample++)
        {
            Range part = (sample * 400)..((sample + 1) * 400);
            Metric auc = Evaluator.Evaluate(all.Probabilities[part], all.Labels[part], all.Groups[part], sample, 100).Auc;
            auc.Low.ShouldBeLessThanOrEqualTo(auc.Value);
            auc.High.ShouldBeGreaterThanOrEqualTo(auc.Value);
            held += auc.Low <= truth && truth <= auc.High ? 1 : 0;
        }

        held.ShouldBeInRange(85, 100);
    }

    [Fact]
    public void Evaluate_RowsOfOneGroup_AreDrawnTogether()
    {
        // Four copies of each row: taken one by one they look like four times the evidence.
        DrawnRows rows = DrawnRows.Draw(300, seed: 10);
        int[] counts = [.. Enumerable.Repeat(4, 300)];
        double[] p = NaiveMetrics.Repeat(rows.Probabilities, counts);
        byte[] labels = NaiveMetrics.Repeat(rows.Labels, counts);
        int[] groups = NaiveMetrics.Repeat([.. Enumerable.Range(0, 300)], counts);
        Metric grouped = Evaluator.Evaluate(p, labels, groups, 1).LogLoss;
        Metric alone = Evaluator.Evaluate(p, labels, [], 1).LogLoss;
        (grouped.High - grouped.Low).ShouldBeGreaterThan(1.6 * (alone.High - alone.Low));
    }

    [Fact]
    public void Evaluate_RowsOfOneGroupAlone_HaveNoIntervals()
    {
        DrawnRows rows = DrawnRows.Draw(300, seed: 10);
        var groups = new int[300];

        Metric alone = Evaluator.Evaluate(rows.Probabilities, rows.Labels, groups, 1).LogLoss;
        Metric between = PairedEvaluator.Compare(
            rows.Probabilities, rows.Probabilities, [.. rows.Probabilities.Reverse()], [.. rows.Probabilities.Reverse()], rows.Labels, groups, 1).LogLoss;

        double.IsFinite(alone.Value).ShouldBeTrue();
        (alone.Low, alone.High, between.Low, between.High).ShouldBe((double.NaN, double.NaN, double.NaN, double.NaN));
    }

    [Fact]
    public void Evaluate_OneClass_LeavesUndefinedFiguresNullInJson()
    {
        EvaluationReport report = Evaluator.Evaluate([0.1, 0.2, 0.3], [0, 0, 0], [], 1, 10);
        report.Auc.Value.ShouldBe(double.NaN);
        report.CalibrationSlope.Value.ShouldBe(double.NaN);
        report.LogLoss.Value.ShouldBeGreaterThan(0.0);
        string json = JsonSerializer.Serialize(report);
        json.ShouldContain("\"Auc\":{\"Value\":null,\"Low\":null,\"High\":null}");
        JsonSerializer.Deserialize<EvaluationReport>(json)!.Auc.Value.ShouldBe(double.NaN);
    }

    [Fact]
    public void Evaluate_SureAndWrong_StaysFinite()
    {
        EvaluationReport report = Evaluator.Evaluate([0.0, 1.0, 0.0, 1.0], [1, 0, 0, 1], [], 1, 10);
        report.LogLoss.Value.ShouldBe(-0.5 * Math.Log(1e-15), 1e-9);
        double.IsFinite(report.Ece.Value).ShouldBeTrue();
    }

    [Fact]
    public void Evaluate_ClassesPartedPerfectly_HasNoSlope()
    {
        Evaluator.Evaluate([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], [], 1, 0).CalibrationSlope.Value.ShouldBe(double.NaN);
        Evaluator.Evaluate([0.3, 0.3, 0.3, 0.3], [0, 0, 1, 1], [], 1, 0).CalibrationSlope.Value.ShouldBe(double.NaN);
    }

    [Fact]
    public void Evaluate_BadRow_IsRefusedWithItsPlace()
    {
        Should.Throw<ArgumentException>(() => Evaluator.Evaluate([0.5, double.NaN], [0, 1], [], 1)).Message.ShouldContain("Row 1");
        Should.Throw<ArgumentException>(() => Evaluator.Evaluate([0.5, 1.5], [0, 1], [], 1)).Message.ShouldContain("1.5");
        Should.Throw<ArgumentException>(() => Evaluator.Evaluate([0.5], [0, 1], [], 1));
        Should.Throw<ArgumentException>(() => Evaluator.Evaluate([0.5], [2], [], 1));
        Should.Throw<ArgumentException>(() => Evaluator.Evaluate([], [], [], 1));
    }
}
