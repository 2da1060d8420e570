using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Cards;
using LeadPredict.Artifacts.Import;
using LeadPredict.Features;
using LeadPredict.Learning.Evaluation;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Training;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train;

namespace LeadPredict.Training.ImportModel;

/// <summary>What <c>import-model</c> onto a table was asked for.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Table">The CSV to calibrate on, or null.</param>
/// <param name="Label">Its label column, or null.</param>
/// <param name="Categories">Category names by column, or null.</param>
/// <param name="Seed">Of the folds and the bootstrap.</param>
internal sealed record TableImportOptions(
    string Name, string? Table, string? Label, IReadOnlyDictionary<string, IReadOnlyList<string>>? Categories, int Seed);

/// <summary>Publishes an imported model of a flat table, calibrated where there are rows to calibrate on.</summary>
internal static class TableImport
{
    public static async Task<PublishedModel> PublishAsync(ImportSource source, TableImportOptions options, string models, CancellationToken cancellation)
    {
        (FeatureSchema schema, ScoreModel model) = XgBoostTableSchema.Of(source.Model, options.Categories);
        CalibratedTable? calibrated = options is { Table: { } table, Label: { } label }
            ? CalibratedTable.Of(CalibrationRows.Read(table, label, schema, model, cancellation), model, options.Seed)
            : null;
        var draft = new ArtifactDraft
        {
            Name = options.Name,
            Kind = ArtifactKind.Table,
            Schema = schema,
            Close = calibrated?.Model.Model ?? model,
            ScoreQuantiles = Percentiles.Of(calibrated?.Model.OutOfFoldProbability ?? []),
            MetricsJson = JsonSerializer.Serialize(
                new { kind = "table", imported = source.Origin, label = options.Label, evaluatedOn = EvaluatedOn(calibrated), calibrated?.Figures },
                ConsoleHost.JsonOptions),
            Card = Card(source, options, calibrated),
        };
        var repository = new ModelRepository(models);
        int version = await repository.PublishAsync(draft, cancellation);
        object result = new
        {
            model = new { name = options.Name, version },
            version,
            imported = source.Origin,
            calibration = calibrated?.Model.Method,
            evaluatedOn = EvaluatedOn(calibrated),
            metrics = FigureSummary.Of(calibrated?.Figures),
            uncalibrated = FigureSummary.Of(calibrated?.Before),
            warnings = Warnings(source, options, calibrated),
        };
        return new(repository, options.Name, version, result, Lines(source, options, calibrated, version));
    }

    private static string? EvaluatedOn(CalibratedTable? calibrated) => calibrated is null ? null : "the calibration rows, out of fold";

    private static IReadOnlyList<string> Warnings(ImportSource source, TableImportOptions options, CalibratedTable? calibrated) =>
    [
        .. source.Warnings,
        .. source.Model.Features.Where(feature => feature is { Kind: XgBoostFeatureKind.Category, Categories: null } && options.Categories?.ContainsKey(feature.Name) != true)
            .Select(feature => $"Column '{feature.Name}' has to hold XGBoost's codes from 0, since the file does not name its categories: to write names there, import with --categories."),
        .. calibrated is null
            ? new[] { "Not calibrated and without intervals: give it later rows with --table and --label." }
            : [],
    ];

    private static IReadOnlyList<string> Lines(ImportSource source, TableImportOptions options, CalibratedTable? calibrated, int version)
    {
        List<string> lines =
        [
            $"published {options.Name}@{version} (XGBoost {source.Model.Version}, {source.Model.Trees.Length} trees, {source.Model.Features.Length} columns)",
        ];
        if (calibrated is not null)
        {
            lines.Add(FigureLines.Line("as XGBoost gives it", calibrated.Before));
            lines.Add(FigureLines.Line($"calibrated ({calibrated.Model.Method}), out of fold", calibrated.Figures));
        }

        lines.AddRange(Warnings(source, options, calibrated));
        return lines;
    }

    private static string Card(ImportSource source, TableImportOptions options, CalibratedTable? calibrated) => ModelCard.Write(new()
    {
        Name = options.Name,
        Predicts = [options.Label is { } label ? $"the probability that column '{label}' says yes" : "the probability that XGBoost was taught; the file does not say of what"],
        Training = source.Training,
        Counts = calibrated is null ? [] : [("calibration rows", calibrated.Figures.N), ("converted", calibrated.Figures.Positives)],
        Figures = calibrated is null
            ? []
            : [FigureLines.Card("Calibration rows, out of fold", calibrated.Figures), FigureLines.Card("The same rows as XGBoost gives them", calibrated.Before)],
        Calibration = calibrated is null ? [] : [$"calibration {calibrated.Model.Method}, chosen out of fold by log loss on rows that XGBoost did not learn from"],
        Limits =
        [
            "It was learnt elsewhere: what it learnt from, and whether a column knew the answer, was not seen here.",
            "That the calibration rows are later than the training rows and none of them is on the word of whoever imported it.",
            .. source.Warnings,
        ],
    });

    /// <summary>A calibrated model with its figures on the calibration rows.</summary>
    private sealed record CalibratedTable(CalibratedModel Model, EvaluationReport Figures, EvaluationReport Before)
    {
        public static CalibratedTable Of(CalibrationRows rows, ScoreModel model, int seed)
        {
            CalibratedModel calibrated = ScoreCalibrator.Calibrate(model, rows.Raw, rows.Labels, rows.Weights, rows.Groups, seed);
            return new(
                calibrated,
                Evaluator.Evaluate(calibrated.OutOfFoldProbability, rows.Labels, rows.Groups, seed),
                Evaluator.Evaluate([.. rows.Raw.Select(model.Probability)], rows.Labels, rows.Groups, seed));
        }
    }
}
