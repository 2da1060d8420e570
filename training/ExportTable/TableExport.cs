using LeadPredict.Features;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Spool;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Outputs;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.ExportTable;

/// <summary>What <c>export-table</c> was asked for.</summary>
internal sealed record TableExportOptions(string Out, TableQuestion Question, IReadOnlyList<string> Drop, IReadOnlyList<string> AcceptLeaks);

/// <summary>Writes the training table of a history and its description: memory holds the rows' instants, and the features of some parts and of the rows that are screened.</summary>
internal sealed class TableExport(IHistoryStore store, ConsoleHost host)
{
    /// <summary>So many rows tell whether a column knows the answer; more would only fill the memory.</summary>
    private const int MostScreened = 100_000;

    /// <summary>Where the description of a table lies.</summary>
    public static string DescriptionOf(string table) => Path.ChangeExtension(table, ".schema.json");

    /// <exception cref="RefusalException">Too little history, or a suspicious attribute that nobody answers for.</exception>
    public async Task<TableDescription> WriteAsync(TableExportOptions options, CancellationToken cancellation)
    {
        FunnelDefinition funnel = TableQuestions.Cut(await store.GetFunnelAsync(cancellation) ?? FunnelDefinition.Default, options.Question);
        host.Progress("reading the history");
        using HistorySpool spool = await store.SpoolAsync(host.Time.GetUtcNow(), cancellation);
        HistoryExamples examples = await HistoryExamples.CollectAsync(spool, funnel, host, cancellation);
        TableSides sides = TableSides.Of(examples);
        if (sides.Train.Count == 0)
        {
            throw new RefusalException("No lead's horizon is over early enough to learn from. Load older history or shorten the horizons.");
        }

        SchemaDraft draft = await new HistoryReader(spool, host).LearnSchemaAsync(sides.Train, new SchemaOptions { Drop = options.Drop }, cancellation);
        HistoryReader.WarnOfDrops(draft, options.Drop, host);
        var description = TableDescription.Of(options.Question, funnel, examples.ObservedUntil, examples.TestStart, sides, draft.Schema);
        HistoryRow[] screened = Screened(sides);
        await AtomicFile.WriteAsync(options.Out, async stream =>
        {
            await new TableRows(spool, host, description, draft.Schema, sides, screened).WriteAsync(stream, cancellation);
            await ScreenAsync(spool, funnel, draft.Schema, screened, options, cancellation);
            return 0;
        });
        await AtomicFile.WriteAsync(DescriptionOf(options.Out), description.Write(), cancellation);
        return description;
    }

    private static HistoryRow[] Screened(TableSides sides)
    {
        HistoryRow[] entries = [.. sides.Train.Where(row => row.IsEntry)];
        int step = 1 + (entries.Length / MostScreened);
        return [.. entries.Where((_, i) => i % step == 0)];
    }

    /// <summary>Looks for leaks once the rows have been read. A refusal leaves no table: its file is not whole yet.</summary>
    private static async Task ScreenAsync(
        HistorySpool spool, FunnelDefinition funnel, FeatureSchema schema, HistoryRow[] screened, TableExportOptions options, CancellationToken cancellation) =>
        HistoryLeaks.Screen(funnel, schema, screened)
            .With(await WrittenAfterwards.FindAsync(spool, funnel, schema, options.Drop, cancellation))
            .RefuseUnless(options.AcceptLeaks);
}
