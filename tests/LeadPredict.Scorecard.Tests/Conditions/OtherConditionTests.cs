using LeadPredict.Funnel.Stages;

namespace LeadPredict.Scorecard.Tests.Conditions;

public class OtherConditionTests
{
    [Theory]
    [InlineData("referral", "Referral", true)]
    [InlineData("[referral, partner]", "partner", true)]
    [InlineData("[referral, partner]", "email", false)]
    [InlineData("[\"\", unknown]", null, true)]
    [InlineData("[\"\", unknown]", "unknown", true)]
    [InlineData("unknown", null, false)]
    public void Source_IsTested(string sources, string? source, bool holds) =>
        Cards.OfCondition($"{{ source: {sources} }}")
            .Evaluate(lead => _ = source is null ? lead : lead.From(source))
            .Points.ShouldBe(holds ? 10 : 0);

    [Fact]
    public void Stage_TheLatestKnownOne_IsTested()
    {
        ScorecardDefinition card = Cards.OfCondition("{ stage: [Recycled, Lost] }");

        card.Evaluate(lead => lead.Enters(Stage.MarketingQualified, 1).Enters(Stage.Recycled, 2)).Points.ShouldBe(10);
        card.Evaluate(lead => lead.Enters(Stage.Recycled, 1).Enters(Stage.MarketingQualified, 2)).Points.ShouldBe(0);
        card.Evaluate(lead => lead.Enters(Stage.Recycled, 1, recorded: 100)).Points.ShouldBe(0);
    }

    [Theory]
    [InlineData("DE", 100, true, true, false)]
    [InlineData("DE", 10, false, true, true)]
    [InlineData("US", 100, false, true, true)]
    [InlineData("US", 10, false, false, true)]
    public void Combined_AllAnyNot_FollowTheirParts(string country, double size, bool all, bool any, bool notAll)
    {
        const string Parts = "[{ attribute: country, equals: DE }, { attribute: size, atLeast: 50 }]";
        Check($"{{ all: {Parts} }}", all);
        Check($"{{ any: {Parts} }}", any);
        Check($"{{ not: {{ all: {Parts} }} }}", notAll);

        void Check(string condition, bool holds) => Cards.OfCondition(condition)
            .Evaluate(lead => lead.Has("country", country).Has("size", size)).Points.ShouldBe(holds ? 10 : 0);
    }
}
