using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Tests.Train;

public sealed class HistoryJudgementTests
{
    [Fact]
    public void Of_QuestionsThatNoLaterLeadAnswersYet_SaysSoOfEach()
    {
        FunnelDefinition funnel = FunnelDefinition.Create([Stage.MarketingQualified, Stage.SalesQualified, Stage.Won], TimeSpan.FromDays(60), TimeSpan.FromDays(120));
        var examples = new HistoryExamples
        {
            Funnel = funnel,
            ObservedUntil = Day.At(365),
            TestStart = Day.At(304),
            Counts = ExampleCounts.None,
            Sides = [],
            Train = [],
            Test = [],
            Decided = [],
        };

        HistoryJudgement judgement = HistoryJudgement.Of(funnel, null!, examples, seed: 1);

        judgement.Unjudged.Count.ShouldBe(2);
        judgement.Unjudged[0].ShouldStartWith("P(SQL) was not judged: of no lead from 2025-11-01 on the 60 days are over");
        judgement.Unjudged[1].ShouldStartWith("P(close) was not judged: of no lead from 2025-11-01 on the 180 days are over, as the history ends on 2026-01-01.");
    }
}
