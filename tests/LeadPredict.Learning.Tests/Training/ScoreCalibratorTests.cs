using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Tests.Training;

public sealed class ScoreCalibratorTests
{
    /// <summary>A model that says twice the true log-odds and one more: what a sigmoid of 0.5 and -0.5 puts right.</summary>
    private static readonly ScoreModel Boastful = new(
        [new("x", ColumnKind.Numeric)], null, new LinearTerms([new NumericTerm([-10.0, 10.0], [-20.0, 20.0], 0, 0)]), 1, 1, 1, new IdentityCurve(), IntervalTable.Unknown);

    [Fact]
    public void Calibration_OfABoastfulModel_FindsTheTruthAndKeepsTheScores()
    {
        (double[] raw, byte[] labels) = Draw(4000, seed: 1);
        CalibratedModel calibrated = Calibrate(raw, labels);
        foreach (float x in new[] { -2f, -0.5f, 0f, 1f })
        {
            double score = calibrated.Model.RawScore([x]);
            score.ShouldBe(Boastful.RawScore([x]));
            double probability = calibrated.Model.Probability(score);
            probability.ShouldBe(1 / (1 + Math.Exp(-x)), 0.04);
            ProbabilityInterval interval = calibrated.Model.Interval(score);
            interval.Low.ShouldBeLessThan(probability);
            interval.High.ShouldBeGreaterThan(probability);
            (interval.High - interval.Low).ShouldBeLessThan(0.2);
        }
    }

    [Fact]
    public void OutOfFoldProbabilities_OfMemberRows_AreFittedWithoutThem()
    {
        (double[] raw, byte[] labels) = Draw(300, seed: 2);
        CalibratedModel calibrated = Calibrate(raw, labels);
        calibrated.OutOfFoldProbability.Length.ShouldBe(300);
        calibrated.OutOfFoldProbability.Zip(raw).Count(pair => pair.First != calibrated.Model.Probability(pair.Second)).ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Calibration_OnFewRows_IsRefused()
    {
        (double[] raw, byte[] labels) = Draw(30, seed: 3);
        Should.Throw<InsufficientExamplesException>(() => Calibrate(raw, labels));
        double[] one = [.. Enumerable.Repeat(0.0, 100)];
        byte[] mixed = [.. Enumerable.Range(0, 100).Select(i => (byte)(i % 2))];
        Should.Throw<InsufficientExamplesException>(() => ScoreCalibrator.Calibrate(Boastful, one, mixed, [.. one.Select(_ => 1f)], [.. one.Select(_ => 7)], 1)).Groups.ShouldBe(1);
    }

    private static CalibratedModel Calibrate(double[] raw, byte[] labels) => ScoreCalibrator.Calibrate(
        Boastful, raw, labels, [.. raw.Select(_ => 1f)], [.. Enumerable.Range(0, raw.Length)], seed: 1);

    private static (double[] Raw, byte[] Labels) Draw(int rows, int seed)
    {
        var random = new Random(seed);
        float[] x = [.. Enumerable.Range(0, rows).Select(_ => (float)((random.NextDouble() * 6) - 3))];
        return ([.. x.Select(value => Boastful.RawScore([value]))], [.. x.Select(value => random.NextDouble() < 1 / (1 + Math.Exp(-value)) ? (byte)1 : (byte)0)]);
    }
}
