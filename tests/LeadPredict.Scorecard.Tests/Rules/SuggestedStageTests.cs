using LeadPredict.Funnel.Stages;

namespace LeadPredict.Scorecard.Tests.Rules;

public class SuggestedStageTests
{
    private const string Rules =
        """
        - { name: demo, points: 50, when: { touch: demo_request } }
        - { name: interested, points: 1, signal: MarketingQualified, when: { touch: email_reply, where: { intent: interested } } }
        - { name: still interested, points: 1, signal: SalesQualified, when: { touch: email_reply, where: { intent: interested }, after: { touch: email_sent, where: { kind: information } } } }
        """;

    private const string Tail =
        """
        sqlCriteria:
          - { name: budget, any: [{ attribute: budget, is: true }, { attribute: budget, atLeast: 5000 }] }
          - { name: request, any: [{ touch: [demo_request, pricing_request] }] }
        exclude:
          - { name: competitor, any: [{ attribute: competitor, is: true }] }
        """;

    [Theory]
    [InlineData("on", "on", Stage.Lead, false, false, Stage.Lead)]
    [InlineData("on", "on", Stage.Lead, true, false, Stage.MarketingQualified)]
    [InlineData("on", "on", Stage.Lead, true, true, Stage.MarketingQualified)]
    [InlineData("on", "on", Stage.SalesAccepted, true, true, Stage.SalesQualified)]
    [InlineData("on", "on", Stage.SalesAccepted, true, false, Stage.SalesAccepted)]
    [InlineData("on", "on", Stage.Recycled, false, true, Stage.Lead)]
    [InlineData("on", "off", Stage.Lead, true, true, Stage.SalesQualified)]
    [InlineData("on", "off", Stage.SalesAccepted, true, false, Stage.MarketingQualified)]
    [InlineData("off", "off", Stage.Lead, true, false, Stage.Lead)]
    [InlineData("off", "off", Stage.Lead, true, true, Stage.SalesQualified)]
    [InlineData("off", "on", Stage.Lead, true, true, Stage.Lead)]
    [InlineData("off", "on", Stage.SalesAccepted, true, true, Stage.SalesQualified)]
    public void Stage_StepsOnOrOff_FollowsPointsCriteriaAndAcceptance(
        string mql, string sal, Stage stage, bool demo, bool budget, Stage suggested) =>
        Card(mql, sal).Evaluate(lead =>
        {
            _ = demo ? lead.Touched("demo_request", 50) : lead;
            _ = budget ? lead.Has("budget", 9000) : lead;
            _ = stage == Stage.Lead ? lead : lead.Enters(stage, 60);
        }).Stage.ShouldBe(suggested);

    [Fact]
    public void Stage_InterestedReplyToOutbound_IsAnMqlSignal()
    {
        ScorecardResult result = Card("on", "on").Evaluate(lead => lead
            .Touched("email_sent", 10).Touched("email_reply", 12, properties: ("intent", "interested")));

        result.Stage.ShouldBe(Stage.MarketingQualified);
        result.Because.ShouldContain("interested");
    }

    [Fact]
    public void Stage_InterestedReplyAfterInformation_IsAnSqlSignal() => Card("on", "on").Evaluate(lead => lead
        .Touched("email_sent", 10).Touched("email_reply", 12, properties: ("intent", "interested"))
        .Touched("email_sent", 13, properties: ("kind", "information")).Touched("email_reply", 15, properties: ("intent", "interested")))
        .Stage.ShouldBe(Stage.SalesQualified);

    [Fact]
    public void Stage_AllCriteriaHoldBeforeAcceptance_SaysThatSalesHasToAccept() => Card("on", "on")
        .Evaluate(lead => lead.Touched("demo_request", 50).Has("budget", true))
        .Because.ShouldEndWith("all SQL criteria hold, sales has yet to accept");

    [Fact]
    public void Stage_AllCriteriaHoldWithoutPointsWhereNoAcceptanceIsAsked_AsksForNone() => Card("on", "off")
        .Evaluate(lead => lead.Touched("pricing_request", 50).Has("budget", true))
        .Because.ShouldBe("0 points, 40 make an MQL; all SQL criteria hold");

    [Fact]
    public void Stage_Excluded_IsLeadWhateverThePoints()
    {
        ScorecardResult result = Card("on", "off").Evaluate(lead => lead
            .Has("competitor", true).Has("budget", true).Touched("demo_request", 50));

        result.Stage.ShouldBe(Stage.Lead);
        result.Points.ShouldBe(50);
        result.Because.ShouldContain("competitor");
    }

    [Fact]
    public void SqlCriteria_EachIsReported_WithEvidenceOrWhatItTakes()
    {
        ScorecardResult result = Card("on", "on").Evaluate(lead => lead.Touched("demo_request", 98));

        result.SqlCriteria.ShouldBe(
        [
            new("budget", false, "needs: budget is true or budget is at least 5000"),
            new("request", true, "demo_request or pricing_request 2 days ago"),
        ]);
    }

    private static ScorecardDefinition Card(string mql, string sal) =>
        Cards.Parse(Cards.Yaml(Rules, $"steps: {{ mql: {mql}, sal: {sal} }}\nmqlThreshold: 40", Tail));
}
