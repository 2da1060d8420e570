using LeadPredict.Features.Tests.Extraction;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Features.Tests.Phrases;

public class DescribeTests
{
    private static readonly AccountHistory Account = new HistoryBuilder()
        .With("a", 0, lead => lead.Touched("demo_request", 7.9).Touched("page_view", 5).Touched("page_view", 6).Touched("kiosk_visit", 9.5)
            .Enters(Stage.MarketingQualified, 4))
        .With("b", 1, lead => lead.Enters(Stage.SalesQualified, 3)).Build();

    [Theory]
    [InlineData("demo_request_recency_days", "asked for a demo 2 days ago")]
    [InlineData("demo_request_7d", "1 demo request in 7 days")]
    [InlineData("page_view_30d", "2 page views in 30 days")]
    [InlineData("page_view_all", "2 page views so far")]
    [InlineData("kiosk_visit_recency_days", "kiosk visit less than a day ago")]
    [InlineData("activity_recency_days", "was last active less than a day ago")]
    [InlineData("active_days_30d", "active on 4 days in 30 days")]
    [InlineData("activity_trend_30d", "more active in the last 30 days than before")]
    [InlineData("stage", "is at MQL")]
    [InlineData("days_in_stage", "in its stage for 6 days")]
    [InlineData("days_to_mql", "MQL 4 days after creation")]
    [InlineData("earlier_mql_episodes", "for the first time at MQL")]
    [InlineData("account_reached_sql", "1 colleague reached SQL")]
    [InlineData("account_won", "no colleagues won")]
    public void Describe_SnapshotFeature_SaysItInPlainWords(string name, string text)
    {
        new VectorOf(Account, 10, "a").Describe(name).ShouldBe(text);
    }

    [Fact]
    public void Grain_OfEveryFeature_IsSaidAsTheValueIs()
    {
        FeatureExtractor extractor = new VectorOf(Account, 10, "a").Extractor;
        var random = new Random(2);
        for (int feature = 0; feature < extractor.Count; feature++)
        {
            FeatureDefinition definition = extractor.Schema.Features[feature];
            for (int i = 0; i < 200; i++)
            {
                float value = definition.Kind == FeatureKind.Categorical ? random.Next(definition.Categories.Count)
                    : i == 0 ? float.NaN
                    : i % 2 == 0 ? random.Next(0, 20)
                    : (float)((random.NextDouble() - 0.2) * Math.Pow(10, random.Next(-1, 4)));
                float grain = extractor.Grain(feature, value);
                extractor.Describe(feature, grain).ShouldBe(extractor.Describe(feature, value), $"{definition.Name} {value:R}");
                extractor.Grain(feature, grain).ShouldBe(grain);
            }
        }
    }
}
