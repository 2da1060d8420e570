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
/// part, of the clock and of processors. A process of its own, so that its memory can be seen.
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
        List<(string Name, double Clock, double Processor)> parts = [];
        using HistorySpool spool = await store.SpoolAsync(DateTimeOffset.MaxValue);
        Done("history read");
        HistoryExamples examples = await HistoryExamples.CollectAsync(spool, funnel, host, default);
        Done("examples");
        var reader = new HistoryReader(spool, host);
        SchemaDraft draft = await reader.LearnSchemaAsync(examples.Decided, new(), default);
        Done("schema");
        await reader.ReadAsync(examples.Decided, draft.Schema, null, default);
        Done("features");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{examples.Decided.Count} snapshots of {draft.Schema.Features.Count} features in {parts.Sum(part => part.Clock):F1} s: {string.Join(", ", parts.Select(Told))}; processor {parts.Sum(part => part.Processor):F1} s; garbage collections {GC.CollectionCount(0)}, {GC.CollectionCount(1)}, {GC.CollectionCount(2)}"));
        return 0;

        void Done(string part) => parts.Add((
            part,
            host.Time.GetElapsedTime(started).TotalSeconds - parts.Sum(one => one.Clock),
            Environment.CpuUsage.TotalTime.TotalSeconds - parts.Sum(one => one.Processor)));

        static string Told((string Name, double Clock, double Processor) part) => string.Create(CultureInfo.InvariantCulture, $"{part.Name} {part.Clock:F1} ({part.Processor:F1})");
    }
}
