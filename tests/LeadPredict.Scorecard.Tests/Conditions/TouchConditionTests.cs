using LeadPredict.Testing;

namespace LeadPredict.Scorecard.Tests.Conditions;

public class TouchConditionTests
{
    private const double Microsecond = 1.0 / 86_400_000_000;

    [Theory]
    [InlineData("demo_request", 10)]
    [InlineData("[call, demo_request]", 10)]
    [InlineData("any", 10)]
    [InlineData("call", 0)]
    public void Touch_Type_IsTested(string type, double points) =>
        Cards.OfCondition($"{{ touch: {type} }}").Evaluate(lead => lead.Touched("demo_request", 50)).Points.ShouldBe(points);

    [Theory]
    [InlineData("{ page: pricing }", 10)]
    [InlineData("{ page: [blog, pricing] }", 10)]
    [InlineData("{ page: { contains: pric } }", 10)]
    [InlineData("{ page: pricing, language: de }", 0)]
    [InlineData("{ language: { missing: true } }", 10)]
    [InlineData("{ page: blog }", 0)]
    public void Touch_Properties_AreFiltered(string where, double points) =>
        Cards.OfCondition($"{{ touch: page_view, where: {where} }}")
            .Evaluate(lead => lead.Touched("page_view", 50, properties: ("page", "pricing"))).Points.ShouldBe(points);

    [Theory]
    [InlineData(70, 10)]
    [InlineData(70 - Microsecond, 0)]
    [InlineData(100 - Microsecond, 10)]
    [InlineData(100, 0)]
    public void Touch_WithinDays_IsHalfOpenWithItsStart(double at, double points) =>
        Cards.OfCondition("{ touch: call, withinDays: 30 }").Evaluate(lead => lead.Touched("call", at)).Points.ShouldBe(points);

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 10)]
    [InlineData(7, 10)]
    public void Touch_Times_IsTheLeastCount(int touches, double points) =>
        Cards.OfCondition("{ touch: page_view, times: 3 }").Evaluate(lead => Repeat(lead, touches)).Points.ShouldBe(points);

    [Fact]
    public void Touch_After_NeedsTheOtherStrictlyEarlier()
    {
        ScorecardDefinition card = Cards.OfCondition(
            "{ touch: email_reply, where: { intent: interested }, after: { touch: [email_sent, content_download], where: { kind: information } } }");

        card.Evaluate(lead => Reply(Sent(lead, 10), 20)).Points.ShouldBe(10);
        card.Evaluate(lead => Reply(Sent(lead, 20), 20)).Points.ShouldBe(0);
        card.Evaluate(lead => Reply(Sent(lead, 30), 20)).Points.ShouldBe(0);
        card.Evaluate(lead => Reply(lead, 20)).Points.ShouldBe(0);
        card.Evaluate(lead => Reply(lead.Touched("email_sent", 10, properties: ("kind", "newsletter")), 20)).Points.ShouldBe(0);
        card.Evaluate(lead => Reply(Sent(Sent(lead, 10), 20), 20)).Points.ShouldBe(10, "the earlier one counts though another came at the same instant");
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(10 - Microsecond, 0)]
    public void Touch_AfterWithinDays_IsHalfOpenWithItsStart(double sent, double points) =>
        Cards.OfCondition("{ touch: email_reply, after: { touch: email_sent, withinDays: 10 } }")
            .Evaluate(lead => lead.Touched("email_sent", sent).Touched("email_reply", 20)).Points.ShouldBe(points);

    [Fact]
    public void Touch_AfterOutsideTheLookback_StillCounts() =>
        Cards.OfCondition("{ touch: email_reply, withinDays: 5, after: { touch: email_sent } }")
            .Evaluate(lead => lead.Touched("email_sent", 10).Touched("email_reply", 99)).Points.ShouldBe(10);

    [Fact]
    public void Touch_AfterOfAfter_NeedsTheWholeSequence()
    {
        ScorecardDefinition card = Cards.OfCondition("{ touch: meeting, after: { touch: email_reply, after: { touch: email_sent } } }");

        card.Evaluate(lead => lead.Touched("email_sent", 1).Touched("email_reply", 2).Touched("meeting", 3)).Points.ShouldBe(10);
        card.Evaluate(lead => lead.Touched("email_reply", 1).Touched("email_sent", 2).Touched("meeting", 3)).Points.ShouldBe(0);
    }

    [Fact]
    public void Touch_HundredThousandOfThem_AreWalkedOnce()
    {
        LeadBuilder lead = new();
        for (int i = 0; i < 50_000; i++)
        {
            lead.Touched("email_reply", 1 + (i * 0.0001)).Touched("email_sent", 10 + (i * 0.0001));
        }

        ScorecardEvaluator evaluator = new(Cards.OfCondition("{ touch: email_reply, after: { touch: email_sent, where: { kind: x } } }"));
        evaluator.Evaluate(Cards.Take(lead, 100)).Points.ShouldBe(0);
    }

    [Fact]
    public void Touch_AfterAsOfOrRecordedAfterIt_HasNoEffect() =>
        Cards.OfCondition("{ touch: demo_request }")
            .Evaluate(lead => lead.Touched("demo_request", 100).Touched("demo_request", 150).Touched("demo_request", 50, recorded: 100))
            .Items.ShouldBeEmpty();

    private static LeadBuilder Sent(LeadBuilder lead, double at) => lead.Touched("email_sent", at, properties: ("kind", "information"));

    private static LeadBuilder Reply(LeadBuilder lead, double at) => lead.Touched("email_reply", at, properties: ("intent", "interested"));

    private static void Repeat(LeadBuilder lead, int touches)
    {
        for (int i = 0; i < touches; i++)
        {
            lead.Touched("page_view", 50 + i);
        }
    }
}
