using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Cards;
using LeadPredict.Features;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Training;
using LeadPredict.Training.ExportTable;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.ImportModel;

/// <summary>An imported model of leads, calibrated and judged.</summary>
/// <param name="Source">The file.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Table">The table it learnt from.</param>
/// <param name="Schema">What it reads.</param>
/// <param name="Calibrated">The model.</param>
/// <param name="Judgement">Model and rules on the test rows.</param>
/// <param name="Probabilities">Those of the test's entries, rising.</param>
internal sealed record ImportedHistory(
    ImportSource Source,
    HistoryImportOptions Options,
    TableDescription Table,
    FeatureSchema Schema,
    CalibratedModel Calibrated,
    QuestionJudgement Judgement,
    double[] Probabilities)
{
    public bool IsSql => Table.Question == TableQuestion.Sql;
}

/// <summary>Publishes an imported model of leads in the shapes of one that was trained here.</summary>
internal static class ImportedHistoryPublisher
{
    public static async Task<PublishedModel> PublishAsync(string models, ImportedHistory imported, CancellationToken cancellation)
    {
        bool sql = imported.IsSql;
        FunnelDefinition funnel = imported.Table.Funnel();
        var draft = new ArtifactDraft
        {
            Name = imported.Options.Name,
            Kind = ArtifactKind.Funnel,
            Funnel = funnel,
            Schema = imported.Schema,
            Sql = sql ? imported.Calibrated.Model : null,
            Close = sql ? null : imported.Calibrated.Model,
            ScoreQuantiles = Percentiles.Of(imported.Probabilities),
            ScorecardSqlCurve = sql ? imported.Judgement.PointsCurve : null,
            ScorecardCloseCurve = sql ? null : imported.Judgement.PointsCurve,
            ScorecardYaml = imported.Options.Scorecard.Yaml,
            MetricsJson = JsonSerializer.Serialize(Metrics(imported), ConsoleHost.JsonOptions),
            ComparisonJson = JsonSerializer.Serialize(
                new
                {
                    verdict = imported.Judgement.Comparison.Sentence,
                    sql = sql ? imported.Judgement.Comparison : null,
                    close = sql ? null : imported.Judgement.Comparison,
                },
                ConsoleHost.JsonOptions),
            Card = Card(imported, funnel),
        };
        var repository = new ModelRepository(models);
        int version = await repository.PublishAsync(draft, cancellation);
        return new(repository, draft.Name, version, Result(imported, version), Lines(imported, version));
    }

    private static object Metrics(ImportedHistory imported) => new
    {
        kind = "funnel",
        imported = imported.Source.Origin,
        observedUntil = imported.Table.ObservedUntil,
        calibrateFrom = imported.Table.CalibrateFrom,
        testFrom = imported.Table.TestFrom,
        rows = imported.Table.Rows,
        sql = imported.IsSql ? imported.Judgement.Model : null,
        close = imported.IsSql ? null : imported.Judgement.Model,
        scorecard = new { sql = imported.IsSql ? imported.Judgement.Rules : null, close = imported.IsSql ? null : imported.Judgement.Rules },
        verdict = imported.Judgement.Comparison.Sentence,
    };

    private static object Result(ImportedHistory imported, int version)
    {
        FigureSummary? model = FigureSummary.Of(imported.Judgement.Model);
        FigureSummary? rules = FigureSummary.Of(imported.Judgement.Rules);
        return new
        {
            model = new { name = imported.Options.Name, version },
            version,
            imported = imported.Source.Origin,
            calibration = imported.Calibrated.Method,
            calibrateFrom = imported.Table.CalibrateFrom,
            testFrom = imported.Table.TestFrom,
            rows = imported.Table.Rows,
            metrics = new { sql = imported.IsSql ? model : null, close = imported.IsSql ? null : model },
            scorecard = new { sql = imported.IsSql ? rules : null, close = imported.IsSql ? null : rules },
            verdict = imported.Judgement.Comparison.Sentence,
            warnings = imported.Source.Warnings,
        };
    }

    private static IReadOnlyList<string> Lines(ImportedHistory imported, int version) =>
    [
        $"published {imported.Options.Name}@{version} (XGBoost {imported.Source.Model.Version}, {imported.Source.Model.Trees.Length} trees, {imported.Source.Model.Features.Length} columns)",
        FormattableString.Invariant(
            $"calibrated ({imported.Calibrated.Method}) on {imported.Table.Rows["calibrate"]} rows from {imported.Table.CalibrateFrom:yyyy-MM-dd} on, judged on leads from {imported.Table.TestFrom:yyyy-MM-dd} on"),
        FigureLines.Line($"{imported.Judgement.Name} model", imported.Judgement.Model),
        FigureLines.Line($"{imported.Judgement.Name} rules", imported.Judgement.Rules),
        imported.Judgement.Comparison.Sentence,
        .. HistoryPublisher.Limits(imported.Table.Funnel()),
        .. imported.Source.Warnings,
    ];

    private static string Card(ImportedHistory imported, FunnelDefinition funnel) => ModelCard.Write(new()
    {
        Name = imported.Options.Name,
        Predicts = [.. funnel.Links.Select(link => FormattableString.Invariant($"{link.From} reaches {link.To} within {link.Horizon.TotalDays:0} days"))],
        Training = imported.Source.Training,
        TestFrom = imported.Table.TestFrom,
        Counts = [.. imported.Table.Rows.Select(side => ($"rows of side {side.Key}", (long)side.Value))],
        Figures =
        [
            FigureLines.Card($"{imported.Judgement.Name}, model", imported.Judgement.Model),
            FigureLines.Card($"{imported.Judgement.Name}, scorecard", imported.Judgement.Rules),
        ],
        Calibration =
        [
            FormattableString.Invariant(
                $"{imported.Judgement.Name}: {imported.Calibrated.Method}, chosen out of fold by log loss on leads from {imported.Table.CalibrateFrom:yyyy-MM-dd} on, which are neither learnt from nor tested on"),
        ],
        Verdict = imported.Judgement.Comparison.Sentence,
        Limits =
        [
            .. HistoryPublisher.Limits(funnel),
            "It was learnt elsewhere from the exported table; that no row of side calibrate or test was used for it is on the word of whoever imported it.",
            "A probability says how often leads like this one converted in the history; a new product, market or price is not in it.",
            .. imported.Source.Warnings,
        ],
    });
}
