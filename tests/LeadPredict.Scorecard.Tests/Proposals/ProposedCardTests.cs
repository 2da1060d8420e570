using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.Rules;

namespace LeadPredict.Scorecard.Tests.Proposals;

/// <summary>What a card that was learned keeps of the card that it began from.</summary>
public class ProposedCardTests
{
    [Fact]
    public void Version_AtItsHighest_IsKept()
    {
        ScorecardDefinition card = Cards.Parse(Cards.Yaml("- { name: a, points: 10, when: { source: x } }").Replace("version: 1", $"version: {int.MaxValue}"));

        card.WithPoints([new(["a"], 7)], mqlThreshold: 5).Version.ShouldBe(int.MaxValue);
    }

    [Theory]
    [InlineData("{ name: A or b, points: 1, when: { source: z } }", "a or b 2", "A or b")]
    [InlineData("{ name: a or b, points: 1, signal: SalesQualified, when: { source: z } }", "a or b 2", "a or b")]
    public void Rules_ThatCountAsOneWhereTheirNameIsTaken_GetAFreeName(string other, string joined, string kept)
    {
        ScorecardDefinition card = Cards.Parse(Cards.Yaml(
            $"- {{ name: a, points: 10, when: {{ source: x }} }}\n- {{ name: b, points: 10, when: {{ source: y }} }}\n- {other}"));

        ScorecardDefinition proposed = card.WithPoints([new(["a", "b"], 7), new([kept], 3)], mqlThreshold: 5);

        Rules(proposed).Select(rule => (rule.Name, rule.Points)).ShouldBe([(joined, 7.0), (kept, 3.0)]);
    }

    [Fact]
    public void Rules_ThatCountAsOneWhereOneThatGoesHasTheirName_TakeIt()
    {
        ScorecardDefinition card = Cards.Parse(Cards.Yaml(
            "- { name: a, points: 10, when: { source: x } }\n- { name: b, points: 10, when: { source: y } }\n- { name: a or b, points: 1, when: { source: z } }"));

        Rules(card.WithPoints([new(["a", "b"], 7)], mqlThreshold: 5)).ShouldHaveSingleItem().Name.ShouldBe("a or b");
    }

    [Theory]
    [InlineData("Acme Inc.")]
    [InlineData("and so on...")]
    [InlineData("\"...\"")]
    public void Card_WhoseLastValueEndsInFullStops_KeepsThem(string value)
    {
        ScorecardDefinition card = Cards.Parse(Cards.Yaml(
            "- { name: a, points: 10, when: { source: x } }", head: "name: ours\nmqlThreshold: 5", tail: $"exclude:\n  - name: our own people\n    any:\n      - attribute: company\n        equals: {value}"));

        ScorecardDefinition proposed = card.WithPoints([new(["a"], 7)], mqlThreshold: 5);

        proposed.Exclusions.ShouldHaveSingleItem().Description.ShouldBe(card.Exclusions[0].Description);
        proposed.Yaml.ShouldNotEndWith("\n...\n");
    }

    [Theory]
    [InlineData("{ halfLifeDays: 7, expiresDays: 30 }", 30.0)]
    [InlineData("{ expiresDays: 30 }", 30.0)]
    [InlineData("{ halfLifeDays: 7 }", null)]
    public void Signal_ThatExpires_StillDoes(string decay, double? expires)
    {
        ScorecardDefinition card = Cards.Parse(Cards.Yaml(
            $"- {{ name: a, points: 10, when: {{ source: x }} }}\n- {{ name: s, points: 5, signal: SalesQualified, decay: {decay}, when: {{ touch: demo_request }} }}"));

        ScorecardDefinition proposed = card.WithPoints([new(["a"], 7)], mqlThreshold: 5);

        Rules(proposed)[1].Decay.ShouldBe(expires is null ? null : new PointDecay(null, expires));
        Stage[] suggested = [.. new[] { 60.0, 95.0 }.Select(touched => proposed.Evaluate(lead => lead.Touched("demo_request", touched)).Stage)];
        suggested.ShouldBe([expires is null ? Stage.SalesQualified : Stage.Lead, Stage.SalesQualified]);
    }

    private static ScorecardRule[] Rules(ScorecardDefinition card) => [.. card.Groups.SelectMany(group => group.Rules)];
}
