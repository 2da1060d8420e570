using System.Text.Json;
using LeadPredict.Scoring.Comparison;

namespace LeadPredict.Scoring.Tests.Comparison;

public sealed class ModelComparisonTests
{
    [Fact]
    public void Compare_ModelKnowsMore_ModelWinsAndSaysSo()
    {
        ComparisonReport report = ModelComparison.Compare(Rows(modelNoise: 0.0, rulesNoise: 1.5), seed: 1, resamples: 200);
        report.Verdict.ShouldBe(Verdict.ModelWins);
        report.Sentence.ShouldStartWith("The model wins: on 800 later leads, of which");
        report.Sentence.ShouldContain("95 % interval");
        report.Difference.LogLoss.High.ShouldBeLessThan(0.0);
        report.Model.Auc.Value.ShouldBeGreaterThan(report.Scorecard.Auc.Value);
        report.Disagreement.Right.ShouldBe(Verdict.ModelWins);
    }

    [Fact]
    public void Compare_RulesKnowMore_RulesWinAndSaySo()
    {
        ComparisonReport report = ModelComparison.Compare(Rows(modelNoise: 1.5, rulesNoise: 0.0), seed: 1, resamples: 200);
        report.Verdict.ShouldBe(Verdict.RulesWin);
        report.Sentence.ShouldStartWith("The rules win: on 800 later leads, of which");
        report.Disagreement.Right.ShouldBe(Verdict.RulesWin);
        report.Disagreement.Sentence.ShouldContain("the rules were right more often");
    }

    /// <summary>A market that fell: who is better may still be far from right.</summary>
    [Fact]
    public void Compare_LeadsThatConvertFarLess_SaysThatNeitherIsToBeTakenAtItsWord()
    {
        string fallen = ModelComparison.Compare(Rows(modelNoise: 0.0, rulesNoise: 1.5, fall: 2), seed: 1, resamples: 200).Sentence;
        fallen.ShouldContain("Neither's chances can be taken at their word on these leads: the odds are ");
        fallen.ShouldContain("How many convert has changed");
        ModelComparison.Compare(Rows(modelNoise: 0.0, rulesNoise: 1.5), seed: 1, resamples: 200).Sentence.ShouldNotContain("taken at");
    }

    [Fact]
    public void Compare_BothKnowTheSame_NoDifference()
    {
        ComparisonReport report = ModelComparison.Compare(Rows(modelNoise: 0.8, rulesNoise: 0.8), seed: 1, resamples: 200);
        report.Verdict.ShouldBe(Verdict.NoDifference);
        report.Sentence.ShouldStartWith("No difference: ");
        report.Sentence.ShouldContain("holds zero");
        report.Disagreement.Right.ShouldBe(Verdict.NoDifference);
    }

    [Fact]
    public void Compare_NoSignalInEither_NobodyWins()
    {
        int crowned = Enumerable.Range(0, 20).Count(seed =>
        {
            ComparisonRows rows = Rows(0.5, 0.5, rows: 300, seed: seed);
            byte[] shuffled = [.. rows.Labels];
            new Random(seed).Shuffle(shuffled);
            return ModelComparison.Compare(rows with { Labels = shuffled }, seed, 100).Verdict != Verdict.NoDifference;
        });
        crowned.ShouldBeLessThanOrEqualTo(3);
    }

    /// <summary>What holds for one company's leads is no difference between model and rules, however many leads it has.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Compare_ConversionsOfFewAccounts_SaysThatTheyAreTooFew(int accounts)
    {
        ComparisonRows rows = Rows(0.0, 1.5);
        int[] groups = [.. rows.Labels.Select((label, lead) => label == 1 ? lead % accounts : 1000 + lead)];

        ComparisonReport report = ModelComparison.Compare(rows with { Groups = groups }, seed: 1, resamples: 50);

        report.Verdict.ShouldBe(Verdict.NoDifference);
        report.Sentence.ShouldContain($"come from too few accounts to tell the model from the rules, {accounts} with one of the two outcomes; at least 10 with each are needed.");
    }

    [Fact]
    public void Compare_FewConversions_SaysThatTheyAreTooFew()
    {
        ComparisonRows rows = Rows(0.0, 1.5, rows: 40);
        byte[] labels = [.. rows.ModelProbabilities.Select((_, i) => (byte)(i < 4 ? 1 : 0))];
        ComparisonReport report = ModelComparison.Compare(rows with { Labels = labels }, seed: 1, resamples: 50);
        report.Verdict.ShouldBe(Verdict.NoDifference);
        report.Sentence.ShouldContain("too few");
        ModelComparison.Compare(rows with { Labels = new byte[40] }, seed: 1, resamples: 50).Sentence.ShouldContain("too few");
    }

    [Fact]
    public void Quadrants_AnyRows_HoldEachLeadOnce()
    {
        ComparisonRows rows = Rows(0.5, 1.0);
        DisagreementReport found = ModelComparison.Compare(rows, seed: 1, resamples: 20).Disagreement;
        found.Quadrants.Sum(q => q.N).ShouldBe(800);
        found.Quadrants.Sum(q => q.Converted).ShouldBe(rows.Labels.Sum(l => l));
        found.ModelHigh.ShouldBe(160);
        found.Quadrants[1].N.ShouldBe(rows.ModelProbabilities.Length - found.Quadrants[0].N - found.Quadrants[2].N - found.Quadrants[3].N);
        found.Quadrants[1].Examples.Count.ShouldBe(Math.Min(10, found.Quadrants[1].N));
        found.Quadrants[0].Examples.ShouldBeEmpty();
    }

    [Fact]
    public void Quadrants_CoarsePoints_TakeOrLeaveATieAsAWhole()
    {
        double[] points = [.. Enumerable.Range(0, 100).Select(i => i < 12 ? 80.0 : i < 25 ? 60.0 : 10.0)];
        ComparisonRows rows = Rows(0.5, 0.5, rows: 100);
        Compared(points).RulesHigh.ShouldBe(25); // 25 is nearer to 20 than 12 is
        Compared(new double[100]).RulesHigh.ShouldBe(0);

        DisagreementReport Compared(double[] given) =>
            ModelComparison.Compare(rows with { ScorecardPoints = given }, seed: 1, resamples: 10).Disagreement;
    }

    [Fact]
    public void Compare_Bands_AreOfPointsForTheRules()
    {
        ComparisonReport report = ModelComparison.Compare(Rows(0.2, 0.6), seed: 1, resamples: 10);
        report.Scorecard.Bands[0].ScoreHigh.ShouldBeGreaterThan(1.0);
        report.Model.Bands[0].ScoreHigh.ShouldBeLessThanOrEqualTo(1.0);
        report.Model.Bands.Sum(b => b.N).ShouldBe(800);
    }

    [Fact]
    public void Compare_SameSeed_GivesTheSameJsonWhichReadsBack()
    {
        string one = JsonSerializer.Serialize(ModelComparison.Compare(Rows(0.2, 0.6), seed: 5, resamples: 50));
        JsonSerializer.Serialize(ModelComparison.Compare(Rows(0.2, 0.6), seed: 5, resamples: 50)).ShouldBe(one);
        ComparisonReport back = JsonSerializer.Deserialize<ComparisonReport>(one)!;
        JsonSerializer.Serialize(back).ShouldBe(one);
        one.ShouldContain("\"Verdict\":\"");
    }

    [Fact]
    public void Compare_LengthsDiffer_IsRefused() =>
        Should.Throw<ArgumentException>(() => ModelComparison.Compare(Rows(0, 0) with { LeadIds = [] }, seed: 1)).Message.ShouldContain("0 lead ids");

    /// <summary>Each sees the true log-odds through its own noise, and shrinks what it sees as honest calibration would.</summary>
    private static ComparisonRows Rows(double modelNoise, double rulesNoise, int rows = 800, int seed = 7, double fall = 0)
    {
        Random random = new(seed);
        double[] truth = [.. Enumerable.Range(0, rows).Select(_ => Normal(random) * 1.3)];
        double[] model = [.. truth.Select(t => Seen(t, modelNoise))];
        double[] rules = [.. truth.Select(t => Seen(t, rulesNoise))];
        return new ComparisonRows
        {
            Labels = [.. truth.Select(t => (byte)(random.NextDouble() < Probability(t - fall) ? 1 : 0))],
            ModelProbabilities = [.. model.Select(Probability)],
            ScorecardPoints = [.. rules.Select(r => Math.Round(50 + (12 * r)))],
            ScorecardProbabilities = [.. rules.Select(Probability)],
            Groups = [.. Enumerable.Range(0, rows).Select(i => i / 2)],
            LeadIds = [.. Enumerable.Range(0, rows).Select(i => $"lead-{i:0000}")],
        };

        double Seen(double t, double noise) => (t + (noise * Normal(random))) * (1.69 / (1.69 + (noise * noise)));
        static double Probability(double logOdds) => 1.0 / (1.0 + Math.Exp(1.0 - logOdds));
        static double Normal(Random random) => Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble())) * Math.Cos(2.0 * Math.PI * random.NextDouble());
    }
}
