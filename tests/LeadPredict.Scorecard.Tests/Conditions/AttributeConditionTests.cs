using LeadPredict.Funnel.Leads;

namespace LeadPredict.Scorecard.Tests.Conditions;

public class AttributeConditionTests
{
    [Theory]
    [InlineData("equals: software", "Software ", true)]
    [InlineData("equals: software", "softwares", false)]
    [InlineData("in: [DE, NO]", "no", true)]
    [InlineData("in: [DE, NO]", "US", false)]
    [InlineData("equals: 250", "250", true)]
    [InlineData("equals: \"250\"", "250", true)]
    [InlineData("contains: [\"@gmail.\", \"@gmx.\"]", "eva@GMX.de", true)]
    [InlineData("contains: \"@gmail.\"", "eva@acme.example", false)]
    [InlineData("words: [vice president]", "Vice-President, Sales", true)]
    [InlineData("words: [cto]", "Director", false)]
    [InlineData("words: [cto]", "CTO & Founder", true)]
    [InlineData("words: [\"market*\"]", "Head of Marketing", true)]
    [InlineData("words: [\"market*\"]", "Supermarket clerk", false)]
    [InlineData("words: [geschäftsführer]", "GESCHÄFTSFÜHRER", true)]
    [InlineData("atLeast: 50, below: 200", "50", true)]
    [InlineData("atLeast: 50, below: 200", "200", false)]
    [InlineData("below: 50", "many", false)]
    [InlineData("is: true", "Yes", true)]
    [InlineData("is: true", "approved", false)]
    [InlineData("is: false", "no", true)]
    [InlineData("missing: true", "  ", true)]
    [InlineData("missing: true", "x", false)]
    [InlineData("missing: false", "x", true)]
    public void Attribute_Text_IsTested(string test, string value, bool holds) =>
        Cards.OfCondition($"{{ attribute: title, {test} }}").Evaluate(lead => lead.Has("title", value)).Points.ShouldBe(holds ? 10 : 0);

    [Theory]
    [InlineData("atLeast: 50, below: 200", 50, true)]
    [InlineData("atLeast: 50, below: 200", 199.5, true)]
    [InlineData("atLeast: 50, below: 200", 200, false)]
    [InlineData("atLeast: 50", 49.999, false)]
    [InlineData("in: [1, 2.5]", 2.5, true)]
    [InlineData("equals: 2", 2.5, false)]
    [InlineData("is: true", 1, true)]
    public void Attribute_Number_IsTested(string test, double value, bool holds) =>
        Cards.OfCondition($"{{ attribute: size, {test} }}").Evaluate(lead => lead.Has("size", value)).Points.ShouldBe(holds ? 10 : 0);

    [Theory]
    [InlineData("is: true", true, true)]
    [InlineData("is: false", true, false)]
    [InlineData("equals: true", true, true)]
    [InlineData("atLeast: 1", true, false)]
    public void Attribute_Boolean_IsTested(string test, bool value, bool holds) =>
        Cards.OfCondition($"{{ attribute: flag, {test} }}").Evaluate(lead => lead.Has("flag", value)).Points.ShouldBe(holds ? 10 : 0);

    [Fact]
    public void Attribute_NeverSetOrCleared_IsMissing()
    {
        ScorecardDefinition card = Cards.OfCondition("{ attribute: budget, missing: true }");

        card.Evaluate(_ => { }).Points.ShouldBe(10);
        card.Evaluate(lead => lead.Has("budget", "yes", at: 1).Has("budget", AttributeValue.Missing, at: 2)).Points.ShouldBe(10);
        card.Evaluate(lead => lead.Has("budget", "yes", at: 1)).Points.ShouldBe(0);
    }

    [Fact]
    public void Attribute_ChangedAfterAsOf_KeepsItsOldValue() =>
        Cards.OfCondition("{ attribute: size, atLeast: 50 }")
            .Evaluate(lead => lead.Has("size", 10, at: 1).Has("size", 100, at: 100).Has("size", 100, at: 50, recorded: 100))
            .Points.ShouldBe(0);

    [Fact]
    public void Words_VeryLongText_AreFoundOrNotWithoutHarm() =>
        Cards.OfCondition("{ attribute: title, words: [ceo] }").Evaluate(lead => lead.Has("title", new string('x', 100_000))).Points.ShouldBe(0);
}
