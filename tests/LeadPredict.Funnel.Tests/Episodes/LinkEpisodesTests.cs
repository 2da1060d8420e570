using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;
using static LeadPredict.Funnel.Stages.Stage;

namespace LeadPredict.Funnel.Tests.Episodes;

public class LinkEpisodesTests
{
    private static readonly FunnelLink Qualify = FunnelDefinition.Default.Qualify!;
    private static readonly FunnelLink Close = FunnelDefinition.Default.Close!;

    [Fact]
    public void LinkEpisodes_SalesAcceptanceOnTheWay_IsOneEpisode()
    {
        LinkEpisode episode = Find(Qualify, (MarketingQualified, 1), (SalesAccepted, 3), (SalesQualified, 7)).ShouldHaveSingleItem();

        (episode.OpenedAt, episode.End, episode.EndedAt).ShouldBe((Day.At(1), EpisodeEnd.Converted, Day.At(7)));
    }

    [Fact]
    public void LinkEpisodes_RecycledLeadThatQualifiesAgain_HasTwo()
    {
        IReadOnlyList<LinkEpisode> episodes =
            Find(Qualify, (MarketingQualified, 1), (SalesQualified, 5), (Recycled, 9), (MarketingQualified, 40));

        episodes.Select(episode => (episode.Ordinal, episode.OpenedAt, episode.End))
            .ShouldBe([(0, Day.At(1), EpisodeEnd.Converted), (1, Day.At(40), EpisodeEnd.Open)]);
    }

    [Fact]
    public void LinkEpisodes_MovingBackInsideTheSpan_OpensNothing()
    {
        Find(Qualify, (SalesAccepted, 1), (MarketingQualified, 2), (SalesAccepted, 3)).ShouldHaveSingleItem().Entered.ShouldBe(SalesAccepted);
    }

    [Fact]
    public void LinkEpisodes_MovingBackFromSqlToMql_OpensAnother()
    {
        Find(Qualify, (MarketingQualified, 1), (SalesQualified, 2), (MarketingQualified, 3)).Count.ShouldBe(2);
    }

    [Fact]
    public void LinkEpisodes_MovingBackToLead_IsLeft()
    {
        Find(Qualify, (MarketingQualified, 1), (Stage.Lead, 4)).ShouldHaveSingleItem().End.ShouldBe(EpisodeEnd.Left);
    }

    [Fact]
    public void LinkEpisodes_SameStageAgain_ChangesNothing()
    {
        Find(Qualify, (MarketingQualified, 1), (MarketingQualified, 4)).ShouldHaveSingleItem().OpenedAt.ShouldBe(Day.At(1));
    }

    [Fact]
    public void LinkEpisodes_JumpOverTheGoal_Converts()
    {
        Find(Qualify, (MarketingQualified, 1), (Won, 6)).ShouldHaveSingleItem().End.ShouldBe(EpisodeEnd.Converted);
    }

    [Fact]
    public void LinkEpisodes_JumpOverTheWholeSpan_OpensNone()
    {
        Find(Qualify, (SalesQualified, 1)).ShouldBeEmpty();
    }

    [Fact]
    public void LinkEpisodes_OpportunityAfterSql_IsOneEpisodeOfClosing()
    {
        LinkEpisode episode = Find(Close, (SalesQualified, 1), (Opportunity, 3), (Lost, 9)).ShouldHaveSingleItem();

        (episode.End, episode.EndedAt).ShouldBe((EpisodeEnd.Left, Day.At(9)));
    }

    [Fact]
    public void LinkEpisodes_BothStagesAtOneInstant_HasNoLength()
    {
        LinkEpisode episode = Find(Qualify, (SalesQualified, 3), (MarketingQualified, 3)).ShouldHaveSingleItem();

        episode.OpenedAt.ShouldBe(episode.EndedAt!.Value);
        episode.End.ShouldBe(EpisodeEnd.Converted);
    }

    [Fact]
    public void LinkEpisodes_EntryStageLeadWithoutTransition_OpensAtCreation()
    {
        FunnelLink link = FunnelDefinition.Create([Stage.Lead, SalesQualified]).Qualify!;
        LeadHistory lead = new LeadBuilder(created: 2, recorded: 4).Build();

        LinkEpisode episode = LinkEpisodes.Of(lead.Lead, lead.Transitions, link).ShouldHaveSingleItem();

        (episode.OpenedAt, episode.KnownAt).ShouldBe((Day.At(2), Day.At(4)));
    }

    [Fact]
    public void LinkEpisodes_RecycledStay_ConvertsThroughMqlAndIsLeftWhenLost()
    {
        LeadHistory lead = new LeadBuilder().Enters(MarketingQualified, 1).Enters(Recycled, 2).Enters(MarketingQualified, 5)
            .Enters(SalesQualified, 8).Enters(Recycled, 10).Enters(Lost, 12).Build();

        LinkEpisodes.RecycledOf(lead.Lead, lead.Transitions, Qualify).Select(episode => (episode.OpenedAt, episode.End, episode.EndedAt))
            .ShouldBe([(Day.At(2), EpisodeEnd.Converted, Day.At(8)), (Day.At(10), EpisodeEnd.Left, Day.At(12))]);
    }

    [Fact]
    public void StageEpisode_LeadThatComesInAtAStage_HasNoStayAsLead()
    {
        LeadHistory lead = new LeadBuilder().Enters(MarketingQualified, 0).Enters(Lost, 3).Build();

        StageEpisode.Of(lead.Lead, lead.Transitions).Select(stay => stay.Stage).ShouldBe([MarketingQualified, Lost]);
    }

    private static IReadOnlyList<LinkEpisode> Find(FunnelLink link, params (Stage Stage, double Day)[] moves)
    {
        LeadBuilder builder = new();
        foreach ((Stage stage, double day) in moves)
        {
            builder.Enters(stage, day);
        }

        LeadHistory lead = builder.Build();
        return LinkEpisodes.Of(lead.Lead, lead.Transitions, link);
    }
}
