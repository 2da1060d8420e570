using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Funnel.Tests.Episodes;

public class StandingTests
{
    [Theory]
    [InlineData(1, Position.BeforeEntry)]
    [InlineData(3, Position.Qualifying)]
    [InlineData(5, Position.Closing)]
    [InlineData(7, Position.Recycled)]
    [InlineData(9, Position.Qualifying)]
    [InlineData(11, Position.Out)]
    public void Standing_OverALeadsLife_SeesOnlyThePast(double asOf, Position expected)
    {
        AccountHistory account = Life();

        Standing.Of(Snapshot.Take(account, account.Leads[0], Day.At(asOf)), FunnelDefinition.Default).Position.ShouldBe(expected);
    }

    [Fact]
    public void Standing_SecondQualification_CountsTheFirst()
    {
        AccountHistory account = Life();

        Standing standing = Standing.Of(Snapshot.Take(account, account.Leads[0], Day.At(9)), FunnelDefinition.Default);

        standing.EarlierEpisodes.ShouldBe(1);
        standing.Episode!.OpenedAt.ShouldBe(Day.At(8));
        standing.Episode.End.ShouldBe(EpisodeEnd.Open);
    }

    [Fact]
    public void Standing_OneLinkFunnel_ClosesFromMql()
    {
        AccountHistory account = Life();
        FunnelDefinition funnel = FunnelDefinition.Create([Stage.MarketingQualified, Stage.Won]);

        Standing.Of(Snapshot.Take(account, account.Leads[0], Day.At(3)), funnel).Position.ShouldBe(Position.Closing);
    }

    private static AccountHistory Life() => new LeadBuilder().Enters(Stage.MarketingQualified, 2).Enters(Stage.SalesQualified, 4)
        .Enters(Stage.Recycled, 6).Enters(Stage.MarketingQualified, 8).Enters(Stage.Lost, 10).BuildAlone();
}
