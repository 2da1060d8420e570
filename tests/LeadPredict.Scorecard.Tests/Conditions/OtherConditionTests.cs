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

    /// <summary>Anyone can fill in a form: what they write there may not steer the terminal of those who read it, nor turn the rest of the line around.</summary>
    [Theory]
    [InlineData("CEO\u001b]0;owned\u0007", "CEO ]0;owned ")]
    [InlineData("CEO\u009b2J\u007f\u0000", "CEO 2J  ")]
    [InlineData("CEO\u202eOEC\u2069\u200f", "CEO OEC  ")]
    [InlineData("a\tb\r\nc\u2028d", "a b c d")]
    [InlineData("VP 👩‍💻 für Umsatz", "VP 👩‍💻 für Umsatz")]
    public void Because_OfForeignText_HoldsNothingThatSteersATerminal(string title, string shown)
    {
        ScorecardResult result = Cards.OfCondition("{ attribute: jobTitle, words: [ceo, a, vp] }")
            .Evaluate(lead => lead.Has("jobTitle", title));

        result.Items.ShouldHaveSingleItem().Because.ShouldBe($"jobTitle is \"{shown}\"");
    }
}
