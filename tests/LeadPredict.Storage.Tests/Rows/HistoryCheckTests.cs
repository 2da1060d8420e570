using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Rows;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Rows;

public class HistoryCheckTests
{
    [Fact]
    public void Demand_GoodBatch_Passes() =>
        HistoryCheck.Demand(HistoryBatch.Of(new LeadBuilder().Touched("call", 1).Has("note", "fine 😀").BuildAlone()));

    [Fact]
    public void Demand_ManyFaults_NamesTheFirstAndCountsTheRest()
    {
        Touch touch = new LeadBuilder().Touched("call", 1).Build().Touches[0];

        InvalidHistoryException refusal = Should.Throw<InvalidHistoryException>(() => HistoryCheck.Demand(new()
        {
            Touches = [touch with { Type = "" }, touch with { Id = new string('x', 401) }],
        }));

        refusal.Faults.Select(fault => fault.Field).ShouldBe(["type", "id"]);
        refusal.Message.ShouldBe("touch 'lead-1/t1', type: is empty (and 1 more faults); nothing was written");
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" \u00a0", "is blank; no feature has such a name")]
    public void Demand_AttributeWithoutAName_IsRefused(string name, string problem)
    {
        InvalidHistoryException refusal = Should.Throw<InvalidHistoryException>(() => HistoryCheck.Demand(HistoryBatch.Of(new LeadBuilder().Has(name, 1).BuildAlone())));

        HistoryFault fault = refusal.Faults.ShouldHaveSingleItem();
        (fault.Field, fault.Problem).ShouldBe(("name", problem));
    }

    [Fact]
    public void Demand_PropertyWithNul_IsNamed()
    {
        Touch touch = new LeadBuilder().Touched("call", 1, null, ("page", "a\0b")).Build().Touches[0];

        Should.Throw<InvalidHistoryException>(() => HistoryCheck.Demand(new() { Touches = [touch] }))
            .Faults.ShouldHaveSingleItem().Field.ShouldBe("properties.page");
    }
}
