using System.Globalization;
using System.Text;
using LeadPredict.Features;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Score;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.ExportTable;

/// <summary>What <c>export-table</c> was asked for.</summary>
internal sealed record TableExportOptions(string Out, TableQuestion Question, IReadOnlyList<string> Drop, IReadOnlyList<string> AcceptLeaks);

/// <summary>Writes the training table of a history and its description, row by row: memory holds the rows' instants, never their features.</summary>
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
        HistoryExamples examples = await HistoryExamples.CollectAsync(store, funnel, host, cancellation);
        TableSides sides = TableSides.Of(examples);
        if (sides.Train.Count == 0)
        {
            throw new RefusalException("No lead's horizon is over early enough to learn from. Load older history or shorten the horizons.");
        }

        var reader = new HistoryReader(store, host);
        SchemaDraft draft = await reader.LearnSchemaAsync(sides.Train, new SchemaOptions { Drop = options.Drop }, cancellation);
        await ScreenAsync(reader, funnel, draft.Schema, sides, options, cancellation);

        var description = TableDescription.Of(options.Question, funnel, examples.ObservedUntil, examples.TestStart, sides, draft.Schema);
        await AtomicFile.WriteAsync(options.Out, stream => WriteRowsAsync(stream, description, draft.Schema, sides, cancellation));
        await AtomicFile.WriteAsync(DescriptionOf(options.Out), async stream =>
        {
            await stream.WriteAsync(description.Write(), cancellation);
            return 0;
        });
        return description;
    }

    private async Task ScreenAsync(
        HistoryReader reader, FunnelDefinition funnel, FeatureSchema schema, TableSides sides, TableExportOptions options, CancellationToken cancellation)
    {
        HistoryRow[] entries = [.. sides.Train.Where(row => row.IsEntry)];
        int step = 1 + (entries.Length / MostScreened);
        HistoryRow[] screened = [.. entries.Where((_, i) => i % step == 0)];
        await reader.ReadAsync(screened, schema, ScorecardDefinition.Default, cancellation);
        HistoryLeaks.Screen(funnel, schema, screened)
            .With(await WrittenAfterwards.FindAsync(store, funnel, options.Drop, cancellation))
            .RefuseUnless(options.AcceptLeaks);
        foreach (HistoryRow row in screened)
        {
            row.Features = [];
        }
    }

    private async Task<int> WriteRowsAsync(
        Stream stream, TableDescription description, FeatureSchema schema, TableSides sides, CancellationToken cancellation)
    {
        Dictionary<HistoryRow, string> sideOf = new(ReferenceEqualityComparer.Instance);
        foreach ((string side, IReadOnlyList<HistoryRow> rows) in new[] { ("train", sides.Train), ("calibrate", sides.Calibrate), ("test", sides.Test) })
        {
            foreach (HistoryRow row in rows)
            {
                sideOf.Add(row, side);
            }
        }

        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        var csv = new CsvOutput(writer);
        csv.Write([.. TableColumns.Leading, .. description.Columns.Select(column => column.Name)]);
        var extractor = new FeatureExtractor(schema);
        float[] features = new float[extractor.Count];
        string?[] cells = new string?[TableColumns.Leading.Length + features.Length];
        await SnapshotVisit.ForEachAsync(
            store,
            sideOf.Keys,
            "writing the table",
            host,
            (row, snapshot, _) =>
            {
                extractor.Extract(snapshot, features);
                cells[0] = sideOf[row];
                cells[1] = row.Group.ToString(CultureInfo.InvariantCulture);
                cells[2] = row.AsOf.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
                cells[3] = description.Question.Label(row)!.Value ? "1" : "0";
                for (int i = 0; i < features.Length; i++)
                {
                    cells[TableColumns.Leading.Length + i] = Cell(features[i]);
                }

                csv.Write(cells);
            },
            cancellation);
        return sideOf.Count;
    }

    /// <summary>Nine digits are far enough from the middle between two floats that every reader finds the same one again.</summary>
    private static string? Cell(float value) => float.IsNaN(value) ? null : value.ToString("G9", CultureInfo.InvariantCulture);
}
