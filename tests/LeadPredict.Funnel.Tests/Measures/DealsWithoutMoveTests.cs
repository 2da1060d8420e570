using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Funnel.Tests.Measures;

public class DealsWithoutMoveTests
{
    [Fact]
    public void Won_LeadsWithAWonDeal_AreThoseThatNeverMovedToWon()
    {
        DealsWithoutMove deals = Of(
            new LeadBuilder("told alone").Enters(Stage.Opportunity, 2).Closes(true, 3),
            new LeadBuilder("and lost").Closes(true, 3).Closes(false, 4),
            new LeadBuilder("moved").Enters(Stage.Won, 3).Closes(true, 3),
            new LeadBuilder("no deal").Enters(Stage.Won, 3));

        (deals.Won, deals.Lost).ShouldBe((2, 0));
        deals.Warnings().ShouldHaveSingleItem().ShouldStartWith("Leads with a won deal and no move to Won: 2.");
    }

    [Fact]
    public void Lost_LeadsWithLostDealsAlone_AreThoseThatStandOpen()
    {
        DealsWithoutMove deals = Of(
            new LeadBuilder("told alone").Enters(Stage.Opportunity, 2).Closes(false, 3),
            new LeadBuilder("no move").Closes(false, 3),
            new LeadBuilder("moved").Enters(Stage.Lost, 3).Closes(false, 3),
            new LeadBuilder("returned").Enters(Stage.Lost, 3).Closes(false, 3).Enters(Stage.Opportunity, 4),
            new LeadBuilder("recycled").Enters(Stage.Recycled, 3).Closes(false, 3));

        (deals.Won, deals.Lost).ShouldBe((0, 2));
        deals.Warnings().ShouldHaveSingleItem().ShouldStartWith("Leads with a lost deal alone and no move to Lost: 2.");
    }

    [Fact]
    public void Warnings_OfMovesAlone_AreNone() => Of(new LeadBuilder().Enters(Stage.Won, 3)).Warnings().ShouldBeEmpty();

    private static DealsWithoutMove Of(params LeadBuilder[] leads)
    {
        var deals = new DealsWithoutMove();
        foreach (LeadBuilder lead in leads)
        {
            deals.Add(lead.Build());
        }

        var all = new DealsWithoutMove();
        all.Add(deals);
        return all;
    }
}
