using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Scorecard;
using LeadPredict.Scorecard.Rules;
using LeadPredict.Scoring.Rules;
using LeadPredict.Testing;

namespace LeadPredict.Scoring.Tests.Rules;

public sealed class RuleStudyTests
{
    // Rule 0 helps and has points for it, 1 helps and has points against it, 2 does nothing, 3 is never hit, 4 repeats 0 mostly.
    private static readonly (string, double)[] Rules = [("helps", 10), ("punished", -5), ("idle", 8), ("never", 3), ("echo", 4)];

    private static readonly int[] Alone = [0, 1, 2, 3, 4];

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
        RuleProposal proposal = RuleProposal.Of(Alone, Rows(6000))!;

        proposal.Rules.Select(rule => rule.Rules.ShouldHaveSingleItem()).ShouldBe([0, 1]);
        proposal.Rules[0].Points.ShouldBe(20);
        proposal.Rules[1].Points.ShouldBeInRange(9, 18);
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
        RuleProposal proposal = RuleProposal.Of(Alone, [.. first.Concat(first.Select(Second)).OrderBy(row => row.At)])!;

        proposal.Rules.Select(rule => rule.Rules.ShouldHaveSingleItem()).ShouldBe([0, 1]);
        proposal.Rules[1].Points.ShouldBeInRange(9, 18);
    }

    /// <summary>Thirty-two grades of one thing, half of which help alike, beside a rule of another subject: more than twelve rules can say one by one.</summary>
    [Fact]
    public void Proposal_OfRulesOnOneSubjectThatHelpAlike_CountsThemAsOne()
    {
        const int Grades = 32;
        Random random = new(9);
        RuleRow[] rows =
        [
            .. Enumerable.Range(0, 20_000).Select(i =>
            {
                int grade = random.Next(Grades + 16);
                bool other = random.Next(3) == 0;
                double p = 1 / (1 + Math.Exp(2 - (grade < Grades / 2 ? 1.5 : 0) - (other ? 1 : 0)));
                ushort[] hits = [.. grade < Grades ? [(ushort)grade] : Array.Empty<ushort>(), .. other ? [(ushort)Grades] : Array.Empty<ushort>()];
                return new RuleRow(Day.At(i * 0.1), Day.At((i * 0.1) + 60), 0, hits, random.NextDouble() < p, i);
            }),
        ];
        RuleProposal proposal = RuleProposal.Of([.. Enumerable.Repeat(0, Grades), 1], rows)!;

        proposal.Rules.Count.ShouldBeLessThanOrEqualTo(RuleProposal.MostRules);
        proposal.Rules.Single(rule => rule.Rules.Contains(Grades)).Rules.ShouldBe([Grades], "rules on different things never count as one");
        proposal.Rules.Where(rule => rule.Points > 0).SelectMany(rule => rule.Rules).Except([Grades]).Order().ShouldBe(Enumerable.Range(0, Grades / 2));

        RuleProposal alone = RuleProposal.Of([.. Enumerable.Range(0, Grades + 1)], rows)!;
        alone.Rules.ShouldAllBe(rule => rule.Rules.Count == 1);
        alone.Rules.Count.ShouldBe(RuleProposal.MostRules);
    }

    [Fact]
    public void Proposal_OfFewLeads_IsNone() => RuleProposal.Of(Alone, Rows(40)).ShouldBeNull();

    [Fact]
    public void Facts_WithoutLeads_AreEmptyHanded() => RuleStudy.Of(Rules, []).ShouldAllBe(fact => fact.Hits == 0 && fact.Verdict == RuleVerdict.DoesNothing);

    [Fact]
    public void Card_WithOtherPoints_IsTheCardOfTheseRules()
    {
        string[] names = [.. ScorecardDefinition.Default.Groups.SelectMany(group => group.Rules).Where(rule => rule.Signal is null).Take(3).Select(rule => rule.Name)];
        ScorecardDefinition card = ScorecardDefinition.Default.WithPoints([new([names[0]], 7), new([names[2]], -3)], mqlThreshold: 500);

        card.Version.ShouldBe(ScorecardDefinition.Default.Version + 1);
        card.MqlThreshold.ShouldBe(7, "drawn into what the rules can give");
        card.Groups.SelectMany(group => group.Rules).Where(rule => rule.Points != 0).Select(rule => (rule.Name, rule.Points, rule.Repeats, rule.Decay)).ShouldBe(
            [(names[0], 7.0, 1, null), (names[2], -3.0, 1, null)]);
        ScorecardDefinition.Parse(card.Yaml, "again").Fingerprint.ShouldBe(card.Fingerprint);
    }

    [Fact]
    public void Card_WithRulesThatCountAsOne_GivesThePointsOnceToWhomeverHitsAny()
    {
        ScorecardDefinition card = ScorecardDefinition.Default.WithPoints([new(["vice president", "student or trainee"], 7), new(["works in finance"], -3)], mqlThreshold: 5);

        ScorecardRule[] rules = [.. card.Groups.SelectMany(group => group.Rules).Where(rule => rule.Points != 0)];
        rules.Select(rule => (rule.Name, rule.Points)).ShouldBe([("vice president or student or trainee", 7.0), ("works in finance", -3.0)]);
        foreach ((string title, double points) in new[] { ("VP Sales", 7.0), ("Student", 7.0), ("VP Finance, student", 4.0), ("Cook", 0.0) })
        {
            AccountHistory account = new LeadBuilder().Has("jobTitle", title).BuildAlone();
            new ScorecardEvaluator(card).Evaluate(Snapshot.Take(account, account.Leads[0], Day.At(1))).Points.ShouldBe(points, title);
        }
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
