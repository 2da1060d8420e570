using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Funnel.Tests.Labels;

public class LabelerTests
{
    private static readonly FunnelLink Link = new(Stage.MarketingQualified, Stage.SalesQualified, TimeSpan.FromDays(90));

    [Theory]
    [InlineData(10, Label.Converted)]
    [InlineData(99.999, Label.Converted)]
    [InlineData(100, Label.NotConverted)]
    [InlineData(150, Label.NotConverted)]
    public void Labeler_ConversionAtTheEdgesOfTheHorizon_IsHalfOpen(double convertedAt, Label expected)
    {
        Labeler.Of(Episode(EpisodeEnd.Converted, convertedAt), Day.At(10), Link.Horizon, Day.At(500)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(99.999, Label.Censored)]
    [InlineData(100, Label.NotConverted)]
    public void Labeler_OpenEpisode_IsCensoredUntilTheHorizonIsOver(double observedUntil, Label expected)
    {
        Labeler.Of(Episode(EpisodeEnd.Open, null), Day.At(10), Link.Horizon, Day.At(observedUntil)).ShouldBe(expected);
    }

    [Fact]
    public void Labeler_LeftBeforeTheEndOfTheData_IsNotConverted()
    {
        Labeler.Of(Episode(EpisodeEnd.Left, 12), Day.At(10), Link.Horizon, Day.At(20)).ShouldBe(Label.NotConverted);
    }

    [Fact]
    public void Labeler_ChainWonInTimeOfItsSqlEntry_IsConverted()
    {
        LinkEpisode second = new(FunnelDefinition.Default.Close!, 0, Stage.SalesQualified, Day.At(50), Day.At(50), EpisodeEnd.Converted, Day.At(229));

        Chain(second with { EndedAt = Day.At(229) }).ShouldBe(Label.Converted);
        Chain(second with { EndedAt = Day.At(230) }).ShouldBe(Label.NotConverted);
        Chain(second with { End = EpisodeEnd.Open, EndedAt = null }, observedUntil: 229).ShouldBe(Label.Censored);
        Chain(null).ShouldBe(Label.Converted);

        static Label Chain(LinkEpisode? second, double observedUntil = 1000) => Labeler.OfChain(
            Episode(EpisodeEnd.Converted, 50), second, Day.At(10), TimeSpan.FromDays(180), Day.At(observedUntil));
    }

    private static LinkEpisode Episode(EpisodeEnd end, double? endedAt) => new(
        Link, 0, Stage.MarketingQualified, Day.At(1), Day.At(1), end, endedAt is { } day ? Day.At(day) : null);
}
