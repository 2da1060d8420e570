using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Tests.HandOff;

public class HandOffRulesTests
{
    private static readonly HandOffDefinition Definition = new()
    {
        Version = 3,
        Reasons = new Dictionary<HandOffAction, IReadOnlyList<HandOffReason>>
        {
            [HandOffAction.Reject] = [new("later", "Not now"), new("student", "A student", Stage.Disqualified)],
        },
    };

    [Theory]
    [InlineData(HandOffAction.Accept, Stage.MarketingQualified, null, Stage.SalesAccepted)]
    [InlineData(HandOffAction.Reject, Stage.MarketingQualified, "later", Stage.Recycled)]
    [InlineData(HandOffAction.Reject, Stage.SalesAccepted, "student", Stage.Disqualified)]
    [InlineData(HandOffAction.Qualify, Stage.SalesAccepted, null, Stage.SalesQualified)]
    [InlineData(HandOffAction.Reopen, Stage.Recycled, null, Stage.MarketingQualified)]
    [InlineData(HandOffAction.Reopen, Stage.Lost, null, Stage.Opportunity)]
    [InlineData(HandOffAction.Won, Stage.Opportunity, null, Stage.Won)]
    public void Decide_AllowedWish_LeadsToItsStage(HandOffAction action, Stage stage, string? reason, Stage to) =>
        HandOffRules.Decide(new(action, reason), Definition, stage, stood: Stage.Opportunity).ShouldBe(to);

    [Theory]
    [InlineData(HandOffAction.Accept, Stage.Lead)]
    [InlineData(HandOffAction.Accept, Stage.SalesAccepted)]
    [InlineData(HandOffAction.Reopen, Stage.Opportunity)]
    [InlineData(HandOffAction.Disqualify, Stage.Won)]
    [InlineData(HandOffAction.Lost, Stage.Lost)]
    public void Decide_StageThatDoesNotAllowIt_SaysWhatDoes(HandOffAction action, Stage stage) =>
        Should.Throw<HandOffRefusedException>(() => HandOffRules.Decide(new(action), Definition, stage, stage)).Fault.ShouldBe(HandOffFault.Stage);

    [Theory]
    [InlineData(null)]
    [InlineData("because")]
    public void Decide_ReasonNotOfTheList_NamesTheList(string? reason) =>
        Should.Throw<HandOffRefusedException>(() => HandOffRules.Decide(new(HandOffAction.Reject, reason), Definition, Stage.MarketingQualified, Stage.MarketingQualified))
            .Message.ShouldBe($"reason: found {(reason is null ? "no reason" : "a reason that is not on the list")}; expected one of later, student (definitions version 3)");

    [Theory]
    [InlineData(5.0, null, "currency")]
    [InlineData(null, "EUR", "amount")]
    [InlineData(5.0, "eur", "currency")]
    [InlineData(-1.0, "EUR", "amount")]
    public void Decide_MoneyThatIsNotWhole_IsRefusedByField(double? amount, string? currency, string field) =>
        Should.Throw<HandOffRefusedException>(() => HandOffRules.Decide(
            new(HandOffAction.Won, null, (decimal?)amount, currency), Definition, Stage.Opportunity, Stage.Opportunity)).Field.ShouldBe(field);

    [Fact]
    public void Actions_OfEveryPairOfStages_AreAllowedFromThere()
    {
        foreach (Stage from in Enum.GetValues<Stage>())
        {
            foreach (HandOffAction action in HandOffActions.All.Where(action => action.MayFollow(from)))
            {
                HandOffWish wish = new(action, action == HandOffAction.Reject ? "later" : null);
                Stage to = HandOffRules.Decide(wish, Definition, from, Stage.Opportunity);
                to.ShouldNotBe(from);
                HandOffActions.Of(from, to).ShouldNotBeNull($"{from} to {to}");
            }
        }
    }

    [Fact]
    public void Timeline_InForce_IsTheLatestThatHasBegun()
    {
        DateTimeOffset begin = new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);
        HandOffTimeline timeline = new([new() { Version = 0 }, new() { Version = 1, From = begin }]);

        timeline.InForceAt(begin.AddTicks(-1)).Version.ShouldBe(0);
        timeline.InForceAt(begin).Version.ShouldBe(1);
    }
}
