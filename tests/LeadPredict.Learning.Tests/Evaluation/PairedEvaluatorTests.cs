using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Learning.Tests.Evaluation;

public sealed class PairedEvaluatorTests
{
    [Fact]
    public void Compare_TwoScorers_GivesTheDifferencesOfTheirReports()
    {
        DrawnRows rows = DrawnRows.Draw(500, seed: 1);
        double[] rough = [.. rows.Probabilities.Select(p => Math.Round(p, 1))];
        PairedReport paired = PairedEvaluator.Compare(rows.Probabilities, rough, rows.Labels, rows.Groups, 1, 50);
        EvaluationReport a = Evaluator.Evaluate(rows.Probabilities, rows.Labels, rows.Groups, 1, 0);
        EvaluationReport b = Evaluator.Evaluate(rough, rows.Labels, rows.Groups, 1, 0);
        paired.LogLoss.Value.ShouldBe(a.LogLoss.Value - b.LogLoss.Value, 1e-12);
        paired.Auc.Value.ShouldBe(a.Auc.Value - b.Auc.Value, 1e-12);
        paired.LiftAt10.Value.ShouldBe(a.LiftAt10.Value - b.LiftAt10.Value, 1e-12);
        paired.PrecisionAt20.Value.ShouldBe(a.PrecisionAt20.Value - b.PrecisionAt20.Value, 1e-12);
    }

    [Fact]
    public void Compare_ScorerWithItself_FindsNothing()
    {
        DrawnRows rows = DrawnRows.Draw(200, seed: 2);
        PairedReport paired = PairedEvaluator.Compare(rows.Probabilities, rows.Probabilities, rows.Labels, rows.Groups, 1, 50);
        paired.LogLoss.ShouldBe(new Metric(0.0, 0.0, 0.0));
        paired.Auc.ShouldBe(new Metric(0.0, 0.0, 0.0));
    }

    [Fact]
    public void Compare_NearlyEqualScorers_IsSurerThanTheirOwnIntervals()
    {
        DrawnRows rows = DrawnRows.Draw(1000, seed: 3);
        double[] timid = [.. rows.Probabilities.Select(p => (0.6 * p) + 0.2)];
        PairedReport paired = PairedEvaluator.Compare(rows.Probabilities, timid, rows.Labels, rows.Groups, 1);
        Metric own = Evaluator.Evaluate(rows.Probabilities, rows.Labels, rows.Groups, 1).LogLoss;
        (paired.LogLoss.High - paired.LogLoss.Low).ShouldBeLessThan(0.5 * (own.High - own.Low));
        paired.LogLoss.High.ShouldBeLessThan(0.0);
        paired.Auc.Value.ShouldBe(0.0, 1e-12);
    }

    [Fact]
    public void Compare_OwnRanking_IsUsedForRanksAlone()
    {
        DrawnRows rows = DrawnRows.Draw(300, seed: 4);
        double[] flat = [.. rows.Probabilities.Select(_ => 0.3)];
        double[] points = [.. rows.Probabilities.Select(p => p * 100)];
        PairedReport paired = PairedEvaluator.Compare(rows.Probabilities, rows.Probabilities, flat, points, rows.Labels, rows.Groups, 1, 20);
        paired.Auc.Value.ShouldBe(0.0, 1e-12);
        paired.LogLoss.Value.ShouldBeLessThan(0.0);
    }
}
