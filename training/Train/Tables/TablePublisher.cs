using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Cards;
using LeadPredict.Learning.Evaluation;
using LeadPredict.Learning.Training;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train.Tables;

/// <summary>Publishes what table training came to.</summary>
internal static class TablePublisher
{
    public static async Task<PublishedModel> PublishAsync(
        string models, TableTrainingOptions options, TrainedTable trained, CancellationToken cancellation)
    {
        TrainedModel model = trained.Trained;
        EvaluationReport figures = Evaluator.Evaluate(
            model.OutOfFoldProbability, trained.Rows.Labels, trained.Rows.Groups, options.Trainer.Seed);
        var metrics = new
        {
            kind = "table",
            label = trained.Label,
            evaluatedOn = "out of fold",
            figures,
            leaks = trained.Leaks.Findings,
            leftOut = trained.Draft.LeftOut,
        };
        double[] sorted = [.. model.OutOfFoldProbability.Order()];
        var draft = new ArtifactDraft
        {
            Name = options.Name,
            Kind = ArtifactKind.Table,
            Schema = trained.Draft.Schema,
            Close = model.Model,
            ScoreQuantiles = [.. Enumerable.Range(0, 101).Select(percent => sorted[(int)Math.Round(percent / 100.0 * (sorted.Length - 1), MidpointRounding.AwayFromZero)])],
            MetricsJson = JsonSerializer.Serialize(metrics, ConsoleHost.JsonOptions),
            Card = Card(options, trained, figures),
        };
        var repository = new ModelRepository(models);
        int version = await repository.PublishAsync(draft, cancellation);
        return new(repository, options.Name, version, Result(options, trained, figures, version), Lines(options, trained, figures, version));
    }

    private static object Result(TableTrainingOptions options, TrainedTable trained, EvaluationReport figures, int version) => new
    {
        model = new { name = options.Name, version },
        version,
        fitSeconds = trained.FitSeconds,
        rows = trained.Rows.RowCount,
        features = trained.Draft.Schema.Features.Count,
        trees = trained.Trained.TreesUsed,
        calibration = trained.Trained.Calibration,
        evaluatedOn = "out of fold",
        metrics = FigureSummary.Of(figures),
        leaks = trained.Leaks.Findings,
        leftOut = trained.Draft.LeftOut,
    };

    private static IReadOnlyList<string> Lines(TableTrainingOptions options, TrainedTable trained, EvaluationReport figures, int version) =>
    [
        FormattableString.Invariant($"published {options.Name}@{version} ({trained.Rows.RowCount} rows, {trained.Draft.Schema.Features.Count} features, fitted in {trained.FitSeconds:F1} s)"),
        FigureLines.Line("out of fold", figures),
        .. trained.Draft.LeftOut.Select(note => $"left out {note.Name}: {note.Reason}"),
        .. trained.Leaks.Findings.Select(finding => $"accepted {finding.Name}: {finding.Because}"),
    ];

    private static string Card(TableTrainingOptions options, TrainedTable trained, EvaluationReport figures) => ModelCard.Write(new()
    {
        Name = options.Name,
        Predicts = [$"the probability that column '{trained.Label}' says yes"],
        Training =
        [
            ("learner", options.Trainer.Learner),
            ("trees", FormattableString.Invariant($"{trained.Trained.TreesUsed}")),
            ("seed", FormattableString.Invariant($"{options.Trainer.Seed}")),
        ],
        Counts = [("rows", trained.Rows.RowCount), ("converted", trained.Rows.Positives), ("features", trained.Draft.Schema.Features.Count)],
        Figures = [FigureLines.Card("Out of fold", figures)],
        Calibration = [$"calibration {trained.Trained.Calibration}, chosen out of fold by log loss"],
        Leaks = [.. trained.Leaks.Findings.Select(finding => $"{finding.Name} was accepted although {finding.Because}")],
        Limits =
        [
            "The figures are out of fold on the training rows: rows that come later, from another market or another form, may be scored worse.",
            "Rows are taken in the file's order; nothing is known of when a cell was filled in.",
        ],
    });
}
