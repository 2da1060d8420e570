using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Funnel.Tests.Measures;

/// <summary>There may be as many sources as leads: a report names those that somebody reads, and sums the others.</summary>
public sealed class ManyGroupsTests
{
    private const int Told = 24;

    [Fact]
    public void Revenue_OfMoreSourcesThanAreRead_SumsTheOthersInOneRow()
    {
        AccountHistory[] accounts = [.. Enumerable.Range(0, 60).Select(i => new LeadBuilder($"l{i}").From($"source {i:00}").Enters(Stage.Won, 2).Closes(true, 2, 1000 - i).BuildAlone())];

        IReadOnlyList<SourceRevenue> revenue = Measure(accounts).Revenue;

        revenue.Select(source => source.Source).ShouldBe([.. Enumerable.Range(0, Told).Select(i => $"source {i:00}"), "(all others)"]);
        (revenue[^1].Leads, revenue[^1].Won).ShouldBe((60 - Told, 60 - Told));
        revenue[^1].Amounts.ShouldBe([new("EUR", Enumerable.Range(Told, 60 - Told).Sum(i => 1000 - i), 60 - Told)]);
    }

    [Fact]
    public void Report_OfGroupsThatFewAreIn_NamesThemOnlyWhereItMay()
    {
        AccountHistory[] accounts =
        [
            .. Enumerable.Range(0, 5).Select(i => Lead($"fair-{i}").From("fair").Has("industry", "software").BuildAlone()),
            .. Enumerable.Range(0, 4).Select(i => Lead($"jane-{i}").From("jane@example.com").Has("industry", "Jane Doe").BuildAlone()),
            Lead("unknown").BuildAlone(),
        ];

        FunnelReport all = Measure(accounts);
        FunnelReport few = Measure(accounts, fewest: 5);

        all.Revenue.Select(source => source.Source).ShouldBe(["fair", "jane@example.com", SegmentNames.NotKnown]);
        few.Revenue.Select(source => (source.Source, source.Leads)).ShouldBe([("fair", 5), (SegmentNames.NotKnown, 1), ("(all others)", 4)]);
        few.Links[0].Sources.Select(group => (group.Name, group.Episodes)).ShouldBe([("fair", 5), (SegmentNames.NotKnown, 1), ("(all others)", 4)]);
        few.Links[0].Sources[^1].ShouldBe(all.Links[0].Sources[1] with { Name = "(all others)" });
        few.Links[0].Segments.ShouldHaveSingleItem().Groups.Select(group => group.Name).ShouldBe(["software", SegmentNames.NotKnown, "(all others)"]);
        Measure(accounts, fewest: 6).Links[0].Segments.ShouldBeEmpty("an attribute of which no group is told tells nothing");
    }

    private static LeadBuilder Lead(string id) => new LeadBuilder(id).Enters(Stage.MarketingQualified, 1);

    private static FunnelReport Measure(IEnumerable<AccountHistory> accounts, int fewest = 0)
    {
        var measurement = new FunnelMeasurement(new(FunnelDefinition.Default, new([new HandOffDefinition { Version = 0 }]), Day.At(60)) { FewestInGroup = fewest });
        foreach (AccountHistory account in accounts)
        {
            measurement.Add(account);
        }

        return measurement.Report();
    }
}
