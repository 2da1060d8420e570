using LeadPredict.Testing;

namespace LeadPredict.Scorecard.Tests.Defaults;

public class OlistScorecardTests
{
    private static readonly ScorecardDefinition Card = ScorecardDefinition.Load(SharedFiles.Repository("tests", "scorecards", "olist.yaml"));

    [Fact]
    public void Olist_Parses_WithoutWarnings() => Card.Warnings.ShouldBeEmpty();

    [Theory]
    [InlineData("unknown", 22)]
    [InlineData("organic_search", 16)]
    [InlineData("paid_search", 16)]
    [InlineData("direct_traffic", 16)]
    [InlineData("referral", 10)]
    [InlineData("display", 2)]
    [InlineData("social", -4)]
    [InlineData("email", -6)]
    [InlineData("other", -6)]
    [InlineData("other_publicities", -6)]
    public void Origin_AsSourceOrAttribute_GivesItsPoints(string origin, double points)
    {
        Card.Evaluate(lead => lead.From(origin).Has("origin", origin)).Points.ShouldBe(points);
        Card.Evaluate(lead => lead.Has("origin", origin)).Points.ShouldBe(points);
    }

    [Fact]
    public void Origin_Blank_CountsAsLostInTracking() => Card.Evaluate(_ => { }).Points.ShouldBe(22);
}
