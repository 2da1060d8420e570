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
}
