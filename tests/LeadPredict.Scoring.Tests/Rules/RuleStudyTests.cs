using LeadPredict.Scorecard;
using LeadPredict.Scoring.Rules;
using LeadPredict.Testing;

namespace LeadPredict.Scoring.Tests.Rules;

public sealed class RuleStudyTests
{
    // Rule 0 helps and has points for it, 1 helps and has points against it, 2 does nothing, 3 is never hit, 4 repeats 0 mostly.
    private static readonly (string, double)[] Rules = [("helps", 10), ("punished", -5), ("idle", 8), ("never", 3), ("echo", 4)];

    [Fact]
    public void Facts_OfPlantedRules_SayWhatWasPlanted()
    {
        IReadOnlyList<RuleFact> facts = RuleStudy.Of(Rules, Rows(6000));

        facts.Select(fact => fact.Verdict).ShouldBe(
            [RuleVerdict.EarnsIt, RuleVerdict.Misleads, RuleVerdict.DoesNothing, RuleVerdict.DoesNothing, RuleVerdict.EarnsIt]);
        facts[0].Weight.ShouldBe(1.2, 0.25);
        facts[1].Weight.ShouldBe(0.8, 0.25);
        facts[2].Weight.ShouldBe(0, 0.25);
        facts[4].Weight.ShouldBe(0, 0.3, "all it tells is told by the rule that it repeats");
        facts[3].Rate.ShouldBeNull();
    }

    [Fact]
    public void Proposal_OfPlantedRules_TakesThoseThatHelpAndBeatsTheCard()
    {
        RuleProposal proposal = RuleProposal.Of(Rules.Length, Rows(6000))!;

        proposal.Points.Select(one => one.Key).ShouldBe([0, 1]);
        proposal.Points[0].Value.ShouldBe(20);
        proposal.Points[1].Value.ShouldBeInRange(9, 18);
        ProposalJudgement judgement = proposal.Judgement!;
        judgement.ProposedLogLoss.ShouldBeLessThan(judgement.PresentLogLoss);
        judgement.Difference.High.ShouldBeLessThan(0);
    }

    /// <summary>A step that half of the leads pass beside one that few do: with one level for both, rules that are hit more at one of them would seem to matter.</summary>
    [Fact]
    public void Proposal_OfTwoSteps_IsNotTakenInByTheirLevels()
    {
        Random random = new(8);
        RuleRow Second(RuleRow row) => row with
        {
            Step = 1,
            Hits = [.. row.Hits.Except<ushort>([2]), .. random.Next(10) > 0 ? [(ushort)2] : Array.Empty<ushort>()],
            Converted = random.NextDouble() < 1 / (1 + Math.Exp(-1 - (row.Hits.Contains((ushort)0) ? 1.2 : 0) - (row.Hits.Contains((ushort)1) ? 0.8 : 0))),
        };
        RuleRow[] first = Rows(4000);
        RuleProposal proposal = RuleProposal.Of(Rules.Length, [.. first.Concat(first.Select(Second)).OrderBy(row => row.At)])!;

        proposal.Points.Select(one => one.Key).ShouldBe([0, 1]);
        proposal.Points[1].Value.ShouldBeInRange(9, 18);
    }

    [Fact]
    public void Proposal_OfFewLeads_IsNone() => RuleProposal.Of(Rules.Length, Rows(40)).ShouldBeNull();

    [Fact]
    public void Facts_WithoutLeads_AreEmptyHanded() => RuleStudy.Of(Rules, []).ShouldAllBe(fact => fact.Hits == 0 && fact.Verdict == RuleVerdict.DoesNothing);

    [Fact]
    public void Card_WithOtherPoints_IsTheCardOfTheseRules()
    {
        string[] names = [.. ScorecardDefinition.Default.Groups.SelectMany(group => group.Rules).Where(rule => rule.Signal is null).Take(3).Select(rule => rule.Name)];
        ScorecardDefinition card = ScorecardDefinition.Default.WithPoints(new Dictionary<string, int> { [names[0]] = 7, [names[2]] = -3 }, mqlThreshold: 500);

        card.Version.ShouldBe(ScorecardDefinition.Default.Version + 1);
        card.MqlThreshold.ShouldBe(7, "drawn into what the rules can give");
        card.Groups.SelectMany(group => group.Rules).Where(rule => rule.Points != 0).Select(rule => (rule.Name, rule.Points, rule.Repeats, rule.Decay)).ShouldBe(
            [(names[0], 7.0, 1, null), (names[2], -3.0, 1, null)]);
        ScorecardDefinition.Parse(card.Yaml, "again").Fingerprint.ShouldBe(card.Fingerprint);
    }

    private static RuleRow[] Rows(int count)
    {
        Random random = new(7);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                bool helps = random.Next(3) == 0;
                bool punished = random.Next(4) == 0;
                bool echo = random.Next(10) == 0 ? random.Next(2) == 0 : helps;
                List<ushort> hits = [];
                hits.AddRange(helps ? [0] : []);
                hits.AddRange(punished ? [1] : []);
                hits.AddRange(random.Next(2) == 0 ? [2] : []);
                hits.AddRange(echo ? [4] : []);
                double p = 1 / (1 + Math.Exp(2 - (helps ? 1.2 : 0) - (punished ? 0.8 : 0)));
                double day = i * 700.0 / count;
                return new RuleRow(Day.At(day), Day.At(day + 60), hits.Sum(hit => Rules[hit].Item2), [.. hits], random.NextDouble() < p, i);
            }),
        ];
    }
}
