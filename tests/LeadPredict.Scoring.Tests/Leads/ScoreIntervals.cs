using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Models;
using LeadPredict.Scorecard;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Scoring.Tests.Leads;

/// <summary>The intervals that a lead's score tells.</summary>
public sealed class ScoreIntervals : IDisposable
{
    private readonly SmallModelScorer _scorer = new();

    public void Dispose() => _scorer.Dispose();

    [Fact]
    public async Task Score_OfALeadFromASourceNeverSeen_HasTheModelsIntervalOfItsRow()
    {
        LeadScore score = await _scorer.ScoreAsync(new LeadBuilder().From("magazine").Has("employees", 250).Touched("demo_request", 5).Enters(Stage.MarketingQualified, 7));

        ScoreModel sql = SmallModels.Score();
        float[] row = [0, 250, 1];
        double raw = sql.RawScore(row);
        score.RawScore.ShouldNotBeNull().ShouldBe(raw, Math.ScaleB(1, -41));
        ProbabilityInterval interval = sql.Interval(row, raw, sql.Probability(raw));
        score.Probabilities.Sql.ShouldBe(new ProbabilityEstimate(sql.Probability(raw), interval.Low, interval.High));
        interval.Low.ShouldBeLessThan(sql.Interval(raw).Low);
        interval.High.ShouldBeGreaterThan(sql.Interval(raw).High);
        SmallModelScorer.ShouldBeOrdered(score);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(9, true)]
    public async Task Score_WhoseIntervalIsWideForWhatFewLeadsHad_SaysWhat(int demos, bool rare)
    {
        var lead = new LeadBuilder().From("organic_search").Has("employees", 250).Enters(Stage.MarketingQualified, 7);
        for (int demo = 0; demo < demos; demo++)
        {
            lead.Touched("demo_request", 5 + (0.1 * demo));
        }

        LeadScore score = await _scorer.ScoreAsync(lead);
        score.Warnings.ShouldBe(
            rare ? ["The interval is wide mostly because of a value that few or none of the leads learnt from had: demo requests in 90 days."] : []);
    }

    [Fact]
    public async Task Score_OfRandomLeads_KeepsItsPromises()
    {
        PredictionEngine engine = await _scorer.EngineAsync(SmallModels.Draft(scorecard: ScorecardDefinition.Default.Yaml));
        var random = new Random(11);
        string[] types = [.. TouchTypes.Known];
        for (int i = 0; i < 500; i++)
        {
            LeadBuilder lead = new($"l{i}");
            lead.From(random.Next(3) switch { 0 => "event", 1 => "organic_search", _ => "never seen" });
            if (random.Next(2) == 0)
            {
                lead.Has("employees", random.Next(100_000));
            }

            for (int t = random.Next(15); t > 0; t--)
            {
                lead.Touched(types[random.Next(types.Length)], random.NextDouble() * 60);
            }

            for (int t = random.Next(5); t > 0; t--)
            {
                lead.Enters((Stage)random.Next(9), 1 + (random.NextDouble() * 60));
            }

            AccountHistory account = lead.BuildAlone();
            LeadScore score = new LeadScorer(engine).Score(account, account.Leads[0], Day.At(30));
            SmallModelScorer.ShouldBeOrdered(score);
            if (score.RawScore is { } raw)
            {
                (score.BaseValue!.Value + score.Reasons.Sum(reason => reason.Contribution)).ShouldBe(raw);
                score.Reasons.Reverse().Aggregate(0.0, (sum, reason) => sum + reason.Contribution).ShouldBe(raw - score.BaseValue!.Value, "in any order");
            }
        }
    }
}
