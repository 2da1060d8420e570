using System.Globalization;
using System.Text;
using LeadPredict.Artifacts;
using LeadPredict.Features;
using LeadPredict.Scoring.Engines;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Drift;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Score;

/// <summary>Scores a flat CSV: the input's columns plus the probability and its interval.</summary>
internal static class TableScoring
{
    private static readonly string[] Added = ["probability", "low", "high"];

    public static long Score(PredictionEngine engine, string file, Stream output, ConsoleHost host, CancellationToken cancellation)
    {
        if (engine.Model.Kind != ArtifactKind.Table)
        {
            throw new RefusalException(
                $"{engine.Model} learned from a lead history and cannot read a CSV row. Give it requests (.ndjson), or leave --in out to score the store.");
        }

        using CsvTable table = CsvTable.Open(file);
        TableBinding binding = engine.Compiled.Extractor.Bind(table.Header.Names);
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        var csv = new CsvOutput(writer);
        csv.Write([.. table.Header.Names, .. Added]);
        DriftWatch watch = DriftWatch.For(engine.Model);
        long rows = 0;
        foreach (CsvRecord record in table.Records())
        {
            cancellation.ThrowIfCancellationRequested();
            if (record.Problem is { } problem)
            {
                throw new RefusalException($"{file}, line {record.Line}: {problem}. Nothing was written.");
            }

            ProbabilityEstimate estimate = engine.PredictRow(record.Fields, binding).Final;
            watch.Observe(engine.Row, estimate.Value);
            csv.Write([.. record.Fields, Number(estimate.Value), Number(estimate.Low), Number(estimate.High)]);
            if (++rows % 100_000 == 0)
            {
                host.Progress($"scored {rows} rows");
            }
        }

        foreach (string warning in watch.Warnings(observedRate: null))
        {
            host.Error.WriteLine("warning: " + warning);
        }

        return rows;
    }

    /// <summary>The shortest text that reads back to the same bits.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
