using System.Globalization;
using System.Text;
using LeadPredict.Artifacts;
using LeadPredict.Features;
using LeadPredict.Scoring.Engines;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Drift;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Score;

/// <summary>Scores a flat CSV of any size: the input's columns plus the probability and its interval, on all processors, in the input's order.</summary>
internal sealed class TableScoring
{
    private const int ChunkRows = 2_000;
    private const int ChunksBetweenCheckpoints = 50;
    private static readonly string[] Added = ["probability", "low", "high"];

    private readonly CompiledModel _model;
    private readonly TableBinding _binding;
    private readonly DriftWatch _watch;
    private readonly UnreadableCells _unreadable;
    private readonly string _file;

    private TableScoring(CompiledModel model, TableBinding binding, string file)
    {
        _model = model;
        _binding = binding;
        _file = file;
        _watch = DriftWatch.For(model.Model);
        _unreadable = new(model.Extractor, binding);
    }

    /// <summary>Whether a column of this name is added, so that a table to score must not have it.</summary>
    public static bool Adds(string column) => Added.Contains(column.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Scores a file into another.</summary>
    /// <returns>The rows of the output, and what a person should know of those that were read.</returns>
    public static async Task<(long Rows, IReadOnlyList<string> Warnings)> ScoreAsync(ModelArtifact model, string file, string target, bool resume, ConsoleHost host, CancellationToken cancellation)
    {
        if (model.Kind != ArtifactKind.Table)
        {
            throw new RefusalException(
                $"{model} learned from a lead history and cannot read a CSV row. Give it requests (.ndjson), or leave --in out to score the store.");
        }

        using CsvTable table = CsvTable.Open(file, CsvFormat.AsFound);
        RefuseAdded(table.Header, file);
        var compiled = new CompiledModel(model);
        var scoring = new TableScoring(compiled, compiled.Extractor.Bind(table.Header.Names), file);
        await using ResumableFile output = ResumableFile.Open(target, model.Hash, file, resume, host);
        long before = output.Rows;
        try
        {
            await scoring.RunAsync(table, output, host, cancellation);
        }
        catch (Exception fault) when (fault is RefusalException or CsvException)
        {
            await output.AbandonAsync();
            throw;
        }

        await output.CompleteAsync();
        string[] resumed = before > 0
            ? [string.Create(CultureInfo.InvariantCulture, $"the first {before} rows were scored by a run before this one; other warnings are of the rows after them alone.")]
            : [];
        return (output.Rows, [.. resumed, .. scoring._unreadable.Warnings(), .. scoring._watch.Warnings(observedRate: null)]);
    }

    /// <summary>The shortest text that reads back to the same bits.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private async Task RunAsync(CsvTable table, ResumableFile output, ConsoleHost host, CancellationToken cancellation)
    {
        if (output.Rows == 0)
        {
            await output.WriteAsync(Text(csv => csv.Write([.. table.Header.Names, .. Added])), 0, cancellation);
        }

        int chunks = 0;
        await new ScoringCrew(_model).RunAsync(
            Chunks(table, output).ToAsyncEnumerable(),
            (engine, chunk) => (Bytes: Score(engine, chunk), Rows: chunk.Length),
            async scored =>
            {
                await output.WriteAsync(scored.Bytes, scored.Rows, cancellation);
                if (++chunks % ChunksBetweenCheckpoints == 0)
                {
                    await output.KeepAsync(cancellation);
                    host.Progress($"scored {output.Rows} rows");
                }
            },
            cancellation);
    }

    /// <summary>Refuses a table that has columns of the added names: whoever reads the output would find two of each.</summary>
    private static void RefuseAdded(CsvHeader header, string file)
    {
        string[] there = [.. Added.Where(name => header.Find(name) >= 0).Select(name => $"'{name}'")];
        if (there.Length > 0)
        {
            throw new RefusalException(
                $"{file} has {string.Join(", ", there)}, and scoring adds columns of {(there.Length == 1 ? "this name" : "these names")}: rename or remove what is "
                + "there. A model that learnt from such a column has to be trained with it renamed.");
        }
    }

    /// <summary>The records after the first so many; a wrong one ends the reading.</summary>
    private IEnumerable<CsvRecord[]> Chunks(CsvTable table, ResumableFile output)
    {
        long skipped = output.Rows;
        return table.Records().Select(record => record.Problem is { } problem
            ? throw new RefusalException($"{_file}, line {record.Line}: {problem}.{(output.IsAside ? " Nothing was written." : "")}")
            : record).Where((_, row) => row >= skipped).Chunk(ChunkRows);
    }

    private byte[] Score(PredictionEngine engine, CsvRecord[] chunk) => Text(csv =>
    {
        foreach (CsvRecord record in chunk)
        {
            ProbabilityEstimate estimate = engine.PredictRow(record.Fields, _binding).Final;
            lock (_watch)
            {
                _watch.Observe(engine.Row, estimate.Value);
                _unreadable.Observe(engine.Row, record.Fields);
            }

            csv.Write([.. record.Fields, Number(estimate.Value), Number(estimate.Low), Number(estimate.High)]);
        }
    });

    /// <summary>What was written, as UTF-8.</summary>
    public static byte[] Text(Action<CsvOutput> write)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        write(new(text));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
