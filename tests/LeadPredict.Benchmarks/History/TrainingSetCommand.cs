using System.Globalization;
using LeadPredict.Features;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Spool;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Benchmarks.History;

/// <summary>
/// <c>training-set --store S</c>: builds what <c>train</c> learns from, the features of all decided snapshots in memory, and prints seconds part by
/// part. A process of its own, so that its memory can be seen.
/// </summary>
internal static class TrainingSetCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not ["--store", var text])
        {
            await Console.Error.WriteLineAsync("training-set --store S");
            return 1;
        }

        var host = new ConsoleHost(TextWriter.Null, TextWriter.Null, TimeProvider.System);
        await using IHistoryStore store = await HistoryStores.OpenAsync(text, create: false);
        FunnelDefinition funnel = await store.GetFunnelAsync() ?? FunnelDefinition.Default;
        long started = host.Time.GetTimestamp();
        double Seconds() => host.Time.GetElapsedTime(started).TotalSeconds;
        using HistorySpool spool = await store.SpoolAsync();
        double read = Seconds();
        HistoryExamples examples = await HistoryExamples.CollectAsync(spool, funnel, host, default);
        double collected = Seconds();
        var reader = new HistoryReader(spool, host);
        SchemaDraft draft = await reader.LearnSchemaAsync(examples.Decided, new(), default);
        double learnt = Seconds();
        await reader.ReadAsync(examples.Decided, draft.Schema, null, default);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{examples.Decided.Count} snapshots of {draft.Schema.Features.Count} features in {Seconds():F1} s: history read {read:F1}, examples {collected - read:F1}, schema {learnt - collected:F1}, features {Seconds() - learnt:F1}; garbage collections {GC.CollectionCount(0)}, {GC.CollectionCount(1)}, {GC.CollectionCount(2)}"));
        return 0;
    }
}
