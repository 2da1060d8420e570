using LeadPredict.Api.Boards;
using LeadPredict.Scorecard;
using LeadPredict.Scoring.Rules;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Boards;

/// <summary>A card is proposed where one can be made of what was learned; where none can, the rest of the evidence stands.</summary>
public sealed class CardStudies
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Card_OfWhichOnlyRulesThatTakeTellAnything_IsProposedWhereNoPointsAreAskedFor(bool mql)
    {
        ScorecardDefinition card = Card(version: 1, mql ? "mqlThreshold: 10" : "steps: { mql: off }\nsqlCriteria: [{ name: need, any: [{ attribute: need, is: true }] }]");

        CardStudy study = CardStudy.Of(card, Leads(effect: -2));

        study.Proposal!.Rules.ShouldHaveSingleItem().Points.ShouldBeLessThan(0);
        study.Facts[0].Verdict.ShouldBe(RuleVerdict.Misleads);
        if (mql)
        {
            study.Proposed.ShouldBeNull();
            study.WhyNone.ShouldContain("Only rules that take points away");
        }
        else
        {
            study.Proposed!.Groups.SelectMany(group => group.Rules).ShouldHaveSingleItem().Points.ShouldBeLessThan(0);
        }
    }

    [Fact]
    public void Card_OfTheHighestVersion_IsProposedUnderIt() =>
        CardStudy.Of(Card(int.MaxValue, "mqlThreshold: 10"), Leads(effect: 2)).Proposed!.Version.ShouldBe(int.MaxValue);

    private static ScorecardDefinition Card(int version, string head) => ScorecardDefinition.Parse(
        $$"""
        version: {{version}}
        {{head}}
        grades: { fit: { A: 30, B: 20, C: 10 }, engagement: { 1: 30, 2: 20, 3: 10 } }
        groups:
          online:
            rules:
              - { name: tells, points: 10, when: { source: x } }
              - { name: idle, points: 10, when: { attribute: country, equals: DE } }
        """,
        "card.yaml");

    /// <summary>Leads of which half hit the first rule, which moves their log-odds.</summary>
    private static DecidedLeads Leads(double effect)
    {
        Random random = new(3);
        return new()
        {
            Horizons = [TimeSpan.FromDays(30)],
            Leads =
            [
                .. Enumerable.Range(0, 1000).Select(i =>
                {
                    ushort[] hits = [.. random.Next(2) == 0 ? [(ushort)0] : Array.Empty<ushort>(), .. random.Next(2) == 0 ? [(ushort)1] : Array.Empty<ushort>()];
                    double p = 1 / (1 + Math.Exp(-(hits.Contains((ushort)0) ? effect : 0)));
                    return new DecidedLead(Day.At(i), 0.5f, 10 * hits.Length, hits, random.NextDouble() < p, i);
                }),
            ],
        };
    }
}
