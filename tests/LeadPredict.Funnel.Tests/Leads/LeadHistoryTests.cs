using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Funnel.Tests.Leads;

public class LeadHistoryTests
{
    [Fact]
    public void LeadHistory_TransitionsOfOneInstant_ComeInTheOrderOfTheStages()
    {
        LeadHistory lead = new LeadBuilder().Enters(Stage.SalesQualified, 3).Enters(Stage.MarketingQualified, 3).Build();

        lead.Transitions.Select(transition => transition.To).ShouldBe([Stage.MarketingQualified, Stage.SalesQualified]);
    }

    [Fact]
    public void LeadHistory_AttributesOfOneInstant_DoNotDependOnTheOrderOfRows()
    {
        AttributeChange Change(string value) => new()
        {
            LeadId = "l",
            Name = "n",
            Value = AttributeValue.Of(value),
            OccurredAt = Day.At(1),
            RecordedAt = Day.At(1),
        };
        Lead lead = new() { Id = "l", CreatedAt = Day.Zero, RecordedAt = Day.Zero };

        LeadHistory one = new(lead, attributes: [Change("a"), Change("b")]);
        LeadHistory other = new(lead, attributes: [Change("b"), Change("a")]);

        one.Attributes.ShouldBe(other.Attributes);
    }

    [Fact]
    public void LeadHistory_RowOfAnotherLead_IsRefusedByName()
    {
        Touch touch = new() { Id = "t9", LeadId = "other", Type = "call", OccurredAt = Day.Zero, RecordedAt = Day.Zero };

        Should.Throw<ArgumentException>(() => new LeadHistory(new() { Id = "l", CreatedAt = Day.Zero, RecordedAt = Day.Zero }, [touch]))
            .Message.ShouldContain("'t9' is of lead 'other', expected lead 'l'");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LeadHistory_StagesToldToTheMinuteAndToTheSecond_AreEnteredOnce(bool cutFirst)
    {
        StageTransition[] cut = [Enters("c1", Stage.MarketingQualified, 0), Enters("c2", Stage.SalesQualified, 0)];
        StageTransition[] whole = [Enters("w1", Stage.MarketingQualified, 21), Enters("w2", Stage.SalesQualified, 45)];

        LeadHistory lead = Of(cutFirst ? [.. cut, .. whole] : [.. whole, .. cut]);

        lead.Transitions.ShouldBe(cut);
        lead.RecordedTransitions.ShouldBe(4);
    }

    [Fact]
    public void LeadHistory_BeginningAsALeadInTheMinuteOfAnEntryToldTwice_IsNoWayBack()
    {
        StageTransition cut = Enters("c", Stage.MarketingQualified, 0);
        StageTransition[] whole = [Enters("w1", Stage.Lead, 5), Enters("w2", Stage.MarketingQualified, 20)];

        new LeadHistory(new() { Id = "l", CreatedAt = Day.At(1).AddSeconds(5), RecordedAt = Day.At(1) }, transitions: [cut, .. whole]).Transitions.ShouldBe([cut]);
        Of([cut, .. whole]).Transitions.ShouldBe([cut, .. whole], "a lead of long ago may have gone back");
    }

    [Fact]
    public void LeadHistory_EntryToldToTheMinuteAfterwards_LeavesTheOneThatWasKnown() =>
        Of(Enters("c1", Stage.MarketingQualified, 0, knownAfter: 60), Enters("w1", Stage.MarketingQualified, 21)).Transitions
            .ShouldHaveSingleItem().Id.ShouldBe("w1");

    /// <summary>The second is told to the minute before it is told to the second.</summary>
    [Fact]
    public void LeadHistory_StagesOfAMinuteWhoseFirstRowsAreInAnotherOrder_AreThoseToldToTheSecond()
    {
        StageTransition[] whole = [Enters("w1", Stage.MarketingQualified, 20, knownAfter: 1), Enters("w2", Stage.SalesQualified, 40, knownAfter: 3260)];
        StageTransition[] cut = [Enters("c1", Stage.MarketingQualified, 0, knownAfter: 1500), Enters("c2", Stage.SalesQualified, 0, knownAfter: 1500)];

        Of([.. cut, .. whole]).Transitions.ShouldBe(whole);
    }

    /// <summary>Cut ones stand in the order of the stages.</summary>
    [Fact]
    public void LeadHistory_WayBackWithinAMinuteToldToTheMinuteFirst_IsTheOneToldToTheSecond()
    {
        StageTransition[] whole = [Enters("w1", Stage.SalesQualified, 20), Enters("w2", Stage.MarketingQualified, 40)];

        Of([Enters("c1", Stage.MarketingQualified, 0), Enters("c2", Stage.SalesQualified, 0), .. whole]).Transitions.ShouldBe(whole);
    }

    [Fact]
    public void LeadHistory_StageLeftAndEnteredAgainWithinAMinute_IsEnteredTwice()
    {
        StageTransition[] moves =
            [Enters("a", Stage.MarketingQualified, 0), Enters("b", Stage.Recycled, 10), Enters("c", Stage.MarketingQualified, 20)];

        Of(moves).Transitions.ShouldBe(moves);
        Of(moves[0], moves[2], Enters("d", Stage.MarketingQualified, 60)).Transitions.Select(move => move.Id).ShouldBe(["a", "d"]);
        Of(moves[0], Enters("e", Stage.Recycled, 0), moves[1], moves[2], Enters("f", Stage.Recycled, 30)).Transitions.Count.ShouldBe(5);
    }

    private static LeadHistory Of(params StageTransition[] moves) => new(new() { Id = "l", CreatedAt = Day.Zero, RecordedAt = Day.Zero }, transitions: moves);

    private static StageTransition Enters(string id, Stage to, int second, int knownAfter = 0) => new()
    {
        Id = id,
        LeadId = "l",
        To = to,
        OccurredAt = Day.At(1).AddSeconds(second),
        RecordedAt = Day.At(1).AddSeconds(second + knownAfter),
    };
}
