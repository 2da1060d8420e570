using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Tests.Calibration;

public sealed class CalibrationChoiceTests
{
    [Fact]
    public void Choose_ScoresAreHonest_KeepsThem()
    {
        int kept = Enumerable.Range(0, 10).Count(seed =>
        {
            DrawnScores drawn = DrawnScores.FromSigmoid(1.0, 0.0, 400, seed);
            return CalibrationFitter.Choose(drawn.Raw, drawn.Labels, [], [], seed).Method == CalibrationMethod.None;
        });
        kept.ShouldBeGreaterThanOrEqualTo(6);
    }

    [Fact]
    public void Choose_ScoresAreTooSure_TakesTheSigmoid()
    {
        DrawnScores drawn = DrawnScores.FromSigmoid(0.4, -0.5, 3_000, seed: 1);
        CalibrationChoice choice = CalibrationFitter.Choose(drawn.Raw, drawn.Labels, [], [], seed: 1);
        choice.Method.ShouldBe(CalibrationMethod.Sigmoid);
        choice.Curve.ShouldBe(CalibrationFitter.Fit(CalibrationMethod.Sigmoid, drawn.Raw, drawn.Labels, []));
        choice.Candidates.Select(c => c.Method)
            .ShouldBe([CalibrationMethod.None, CalibrationMethod.Sigmoid, CalibrationMethod.Beta, CalibrationMethod.Isotonic]);
    }

    [Fact]
    public void Choose_CurveIsAStaircase_TakesIsotonic()
    {
        DrawnScores drawn = DrawnScores.From(raw => raw < -2.0 ? 0.02 : raw < 0.5 ? 0.45 : 0.55, 6_000, seed: 2);
        CalibrationFitter.Choose(drawn.Raw, drawn.Labels, [], [], seed: 2).Method.ShouldBe(CalibrationMethod.Isotonic);
    }

    [Fact]
    public void Choose_StaircaseOfFewConversions_LeavesIsotonicOut()
    {
        DrawnScores drawn = DrawnScores.From(raw => raw < -2.0 ? 0.02 : raw < 0.5 ? 0.3 : 0.9, 450, seed: 2);
        drawn.Labels.Sum(label => label).ShouldBeInRange(100, CalibrationFitter.MinimumForIsotonic - 1);
        CalibrationChoice choice = CalibrationFitter.Choose(drawn.Raw, drawn.Labels, [], [], seed: 2);
        choice.Method.ShouldNotBe(CalibrationMethod.Isotonic);
        choice.Candidates.Select(candidate => candidate.Method).ShouldBe([CalibrationMethod.None, CalibrationMethod.Sigmoid, CalibrationMethod.Beta]);
    }

    [Fact]
    public void Choose_TooFewOfAClass_KeepsScores()
    {
        DrawnScores drawn = DrawnScores.FromSigmoid(0.2, -3.0, 80, seed: 3);
        drawn.Labels.Sum(l => l).ShouldBeLessThan(CalibrationFitter.MinimumPerClass);
        CalibrationChoice choice = CalibrationFitter.Choose(drawn.Raw, drawn.Labels, [], [], seed: 3);
        choice.Method.ShouldBe(CalibrationMethod.None);
        choice.Candidates.ShouldBeEmpty();
    }

    [Fact]
    public void Choose_SameSeed_SameChoice()
    {
        DrawnScores drawn = DrawnScores.FromSigmoid(0.7, -0.5, 500, seed: 4);
        int[] groups = [.. drawn.Raw.Select((_, i) => i / 3)];
        CalibrationChoice one = CalibrationFitter.Choose(drawn.Raw, drawn.Labels, [], groups, seed: 9);
        CalibrationChoice two = CalibrationFitter.Choose(drawn.Raw, drawn.Labels, [], groups, seed: 9);
        one.Curve.ShouldBe(two.Curve);
        one.Candidates.ShouldBe(two.Candidates);
    }

    [Fact]
    public void Choose_EachRowTwice_IsNoSurerWhenTheTwinsAreAGroup()
    {
        DrawnScores drawn = DrawnScores.FromSigmoid(0.8, -0.1, 400, seed: 5);
        double[] raw = [.. drawn.Raw, .. drawn.Raw];
        byte[] labels = [.. drawn.Labels, .. drawn.Labels];
        int[] twins = [.. Enumerable.Range(0, 400), .. Enumerable.Range(0, 400)];
        CalibrationCandidate alone = CalibrationFitter.Choose(drawn.Raw, drawn.Labels, [], [], seed: 6).Candidates[1];
        CalibrationCandidate grouped = CalibrationFitter.Choose(raw, labels, [], twins, seed: 6).Candidates[1];
        grouped.GainStandardError.ShouldBe(alone.GainStandardError, alone.GainStandardError * 0.2);
    }
}
