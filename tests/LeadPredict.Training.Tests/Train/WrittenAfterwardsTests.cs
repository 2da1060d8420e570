using LeadPredict.Features;
using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Spool;
using LeadPredict.Testing;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Tests.Train;

public sealed class WrittenAfterwardsTests : IDisposable
{
    // Of a personal one it made a feature.
    private static readonly FeatureSchema Schema = new(SchemaMode.History, [new() { Name = "mobile", Group = "mobile", Kind = FeatureKind.Numeric, Source = new AttributeBoolean("mobile") }]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-afterwards-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>What no schema learns from must keep nobody from training: whoever objects did so at some time.</summary>
    [Fact]
    public async Task Find_WhatComesAfterTheConversion_IsNamedIfItCouldBeLearntFrom()
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + Path.Combine(_folder.FullName, "history.db"), create: true);
        await store.AppendAsync(HistoryBatch.Of([.. Enumerable.Range(0, 25).Select(i => new LeadBuilder($"l{i}")
            .Enters(Stage.MarketingQualified, 2).Enters(Stage.SalesQualified, 5)
            .Has("early", i, 1).Has("Budget", i, 6).Has("dropped", i, 6)
            .Has("profilingobjection", true, 6).Has("leadStatus", "hot", 6).Has("phone", "1", 6).Has("mobile", "yes", 6).BuildAlone())]));
        using HistorySpool spool = await store.SpoolAsync(Day.At(400));

        (await WrittenAfterwards.FindAsync(spool, FunnelDefinition.Default, Schema, ["dropped"], CancellationToken.None))
            .Findings.Select(suspicion => suspicion.Name).ShouldBe(["Budget", "mobile"]);
    }

    /// <summary>What a plan foretold gives way to the win; an attribute between the two was there before.</summary>
    [Fact]
    public async Task Find_WhatLiesBetweenThePlannedAndTheRealWin_IsNotNamed()
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + Path.Combine(_folder.FullName, "history.db"), create: true);
        await store.AppendAsync(HistoryBatch.Of([.. Enumerable.Range(0, 25).Select(i => Planned(new LeadBuilder($"l{i}")
            .Enters(Stage.MarketingQualified, 2).Enters(Stage.Won, 20).Enters(Stage.Won, 40).Closes(true, 20).Closes(true, 40).Has("budget", i, 30).Build()))]));
        using HistorySpool spool = await store.SpoolAsync(Day.At(400));

        (await WrittenAfterwards.FindAsync(spool, FunnelDefinition.Create([Stage.MarketingQualified, Stage.Won], null, null), Schema, [], CancellationToken.None))
            .Findings.ShouldBeEmpty();
    }

    private static AccountHistory Planned(LeadHistory lead)
    {
        string won = lead.Lead.Id + "-won", planned = won + PlannedEnds.Suffix;
        return new(null, [new(
            lead.Lead,
            lead.Touches,
            lead.Attributes,
            [lead.Transitions[0], lead.Transitions[1] with { Id = planned }, lead.Transitions[2] with { Id = won }],
            [lead.Outcomes[0] with { Id = planned }, lead.Outcomes[1] with { Id = won }])]);
    }
}
