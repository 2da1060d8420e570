using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Testing;

namespace LeadPredict.Features.Tests.Extraction;

/// <summary>The one-pass tally against the slow and obvious counting.</summary>
public class TallyOracleTests
{
    private static readonly int?[] Windows = [7, 30, 60, 90, null];

    [Fact]
    public void Extract_RandomHistories_CountsAsTheObviousWayDoes()
    {
        FeatureExtractor extractor = new(new(SchemaMode.History,
        [
            .. Windows.Select(days => Number($"call {days}", new TouchCount(new("call"), days))),
            .. Windows.Select(days => Number($"docs {days}", new TouchCount(new("page_view", "page", "docs", true), days))),
            .. Windows.Select(days => Number($"any {days}", new TouchCount(new(null), days))),
            .. Windows.Select(days => Number($"days {days}", new ActiveDays(days))),
        ]));
        float[] vector = new float[extractor.Count];
        foreach (AccountHistory account in RandomHistories.Accounts(1_000, seed: 9))
        {
            Snapshot snapshot = Snapshot.Take(account, account.Leads[0], Day.At(300));
            extractor.Extract(snapshot, vector);

            vector.ShouldBe([
                .. Windows.Select(days => (float)Within(snapshot, days).Count(touch => touch.Type == "call")),
                .. Windows.Select(days => (float)Within(snapshot, days).Count(touch => touch.Type == "page_view"
                    && touch.Properties["page"].Text!.Contains("docs", StringComparison.Ordinal))),
                .. Windows.Select(days => (float)Within(snapshot, days).Count(touch => TouchTypes.IsActivity(touch.Type))),
                .. Windows.Select(days => (float)Within(snapshot, days).Where(touch => TouchTypes.IsActivity(touch.Type))
                    .Select(touch => touch.OccurredAt.UtcDateTime.Date).Distinct().Count()),
            ]);
        }
    }

    private static IEnumerable<Touch> Within(Snapshot snapshot, int? days) => snapshot.Touches
        .Where(touch => days is null || touch.OccurredAt >= snapshot.AsOf.AddDays(-days.Value));

    private static FeatureDefinition Number(string name, FeatureSource source) =>
        new() { Name = name, Group = "g", Kind = FeatureKind.Numeric, Source = source };
}
