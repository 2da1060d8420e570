using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Testing;

namespace LeadPredict.Features.Tests.Extraction;

public class TouchFeatureTests
{
    [Fact]
    public void TouchCount_WindowEdges_AreHalfOpen()
    {
        VectorOf vector = new(
            new LeadBuilder().Touched("call", 13).Touched("call", 12.999).Touched("call", 20).Touched("call", 19.999).BuildAlone(), 20);

        (vector["call_7d"], vector["call_30d"], vector["call_all"]).ShouldBe((2, 3, 3));
    }

    [Theory]
    [InlineData("product update ", "product update")]
    [InlineData("\tProduct Update", "product update")]
    [InlineData("GRÖẞE", "größe")]
    [InlineData("\u212Aelvin", "kelvin")]
    public void TouchCount_PropertyInAnyCaseAndBetweenBlanks_IsFoundByWhatItIsCalled(string told, string called)
    {
        AccountHistory account = new LeadBuilder().Touched("call", 9, null, ("topic", told)).Touched("call", 8, null, ("topic", "other")).BuildAlone();
        FeatureExtractor extractor = new(new(SchemaMode.History, [new() { Name = "calls", Group = "call", Kind = FeatureKind.Numeric, Source = new TouchCount(new("call", "topic", called), 30) }]));
        var calls = new float[1];

        extractor.Extract(Snapshot.Take(account, account.Leads[0], Day.At(10)), calls);

        calls[0].ShouldBe(1);
        told.Trim().ToLowerInvariant().ShouldBe(called, "so the schema calls it");
    }

    [Fact]
    public void TouchRecency_Latest_IsInDaysAndMissingWithoutAny()
    {
        VectorOf vector = new(new LeadBuilder().Touched("demo_request", 1).Touched("demo_request", 7.5).BuildAlone(), 10);

        vector["demo_request_recency_days"].ShouldBe(2.5f);
        vector.Has("call_recency_days").ShouldBeFalse();
    }

    [Fact]
    public void Activity_OpensAndReceivedMails_CountForLittle()
    {
        VectorOf vector = new(
            new LeadBuilder().Touched("email_open", 9).Touched("email_sent", 9).Touched("email_click", 8.1).BuildAlone(), 10);

        (vector["touches_all"], vector["active_days_all"], vector["email_open_30d"]).ShouldBe((1, 1, 1));
        vector.Has("email_open_7d").ShouldBeFalse();
    }

    [Fact]
    public void ActiveDays_SeveralTouchesADay_CountTheDayOnceInEveryWindow()
    {
        // Day 10 lies on the edge of the 90-day window of day 100.5: its morning is outside, its evening inside.
        VectorOf vector = new(
            new LeadBuilder().Touched("call", 1.1).Touched("call", 1.9).Touched("call", 10.2).Touched("call", 10.8)
                .Touched("call", 99.1).Touched("call", 99.2).Touched("call", 100.1).BuildAlone(), 100.5);

        (vector["active_days_30d"], vector["active_days_90d"], vector["active_days_all"]).ShouldBe((2, 3, 4));
    }

    [Theory]
    [InlineData(3, 1, 0.5f)]
    [InlineData(0, 2, -1f)]
    [InlineData(2, 2, 0f)]
    public void ActivityTrend_LastThirtyAgainstTheThirtyBefore_IsTheirBalance(int recent, int before, float expected)
    {
        LeadBuilder lead = new LeadBuilder().Touched("call", 1);
        for (int i = 0; i < recent; i++)
        {
            lead.Touched("call", 90 + i);
        }

        for (int i = 0; i < before; i++)
        {
            lead.Touched("call", 50 + i);
        }

        new VectorOf(lead.BuildAlone(), 100)["activity_trend_30d"].ShouldBe(expected);
    }

    [Fact]
    public void PageViews_OfPricing_HaveTheirOwnCount()
    {
        VectorOf vector = new(
            new LeadBuilder().Touched("page_view", 1, null, ("page", "/en/Pricing?x=1")).Touched("page_view", 2, null, ("page", "home")).Touched("page_view", 3)
                .BuildAlone(), 10);

        vector.Has("page_view[page~pricing]_30d").ShouldBeFalse("it is in every snapshot that has page views, so it adds nothing");
        (vector["page_view_30d"], vector["page_view_all"]).ShouldBe((3, 3));
    }
}
