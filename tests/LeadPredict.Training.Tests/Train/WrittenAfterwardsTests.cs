using LeadPredict.Features;
using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Spool;
using LeadPredict.Testing;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Tests.Train;

public sealed class WrittenAfterwardsTests : IDisposable
{
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

        // Of a personal one it made a feature.
        FeatureSchema schema = new(SchemaMode.History, [new() { Name = "mobile", Group = "mobile", Kind = FeatureKind.Numeric, Source = new AttributeBoolean("mobile") }]);

        (await WrittenAfterwards.FindAsync(spool, FunnelDefinition.Default, schema, ["dropped"], CancellationToken.None))
            .Findings.Select(suspicion => suspicion.Name).ShouldBe(["Budget", "mobile"]);
    }
}
