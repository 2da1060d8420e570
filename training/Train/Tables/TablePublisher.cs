using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Cards;
using LeadPredict.Features;
using LeadPredict.Learning.Evaluation;
using LeadPredict.Training.Drift;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Score;
using LeadPredict.Training.Train.Leaks;

namespace LeadPredict.Training.Train.Tables;

/// <summary>Publishes what table training came to.</summary>
internal static class TablePublisher
{
    public static async Task<PublishedModel> PublishAsync(
        string models, TableTrainingOptions options, TrainedTable trained, CancellationToken cancellation)
    {
        EvaluationReport? figures = trained.Figures;
        var metrics = new
        {
            kind = "table",
            label = trained.Label,
            evaluatedOn = EvaluatedOn(figures),
            figures,
            leaks = trained.Leaks.Findings,
            leftOut = LeftOut(trained),
            training = DriftWatch.Reference(trained.Rows),
        };
        var draft = new ArtifactDraft
        {
            Name = options.Name,
            Kind = ArtifactKind.Table,
            Schema = trained.Draft.Schema,
            Close = trained.Trained.Model,
            ScoreQuantiles = trained.Quantiles,
            MetricsJson = JsonSerializer.Serialize(metrics, ConsoleHost.JsonOptions),
            Card = Card(options, trained, figures),
        };
        var repository = new ModelRepository(models);
        int version = await repository.PublishAsync(draft, cancellation);
        return new(repository, options.Name, version, Result(options, trained, figures, version), Lines(options, trained, figures, version));
    }

    private static string EvaluatedOn(EvaluationReport? figures) => figures is null ? "nothing" : "out of fold";

    private static object Result(TableTrainingOptions options, TrainedTable trained, EvaluationReport? figures, int version) => new
    {
        model = new { name = options.Name, version },
        version,
        fitSeconds = trained.FitSeconds,
        readSeconds = trained.ReadSeconds,
        rows = trained.Rows.RowCount,
        features = trained.Draft.Schema.Features.Count,
        trees = trained.Trained.TreesUsed,
        calibration = trained.Trained.Calibration,
        evaluatedOn = EvaluatedOn(figures),
        metrics = FigureSummary.Of(figures),
        leaks = trained.Leaks.Findings,
        leftOut = LeftOut(trained),
        warnings = trained.Notes.Concat(Doubts(trained)),
    };

    /// <summary>The columns that are no features, but for the label, which nobody expects there.</summary>
    private static IReadOnlyList<SchemaNote> LeftOut(TrainedTable trained) => [.. trained.Draft.LeftOut.Where(note => note.Name != trained.Label)];

    /// <summary>What a person should look at, a sentence a column.</summary>
    public static IEnumerable<string> Doubts(TrainedTable trained) =>
    [
        .. trained.Draft.Doubts.Select(doubt => $"column '{doubt.Name}': {doubt.Reason}."),
        .. trained.Draft.Schema.Features.Select(feature => feature.Group).Distinct().Where(TableScoring.Adds)
            .Select(name => $"column '{name}': 'score --in' adds a column of this name, and refuses a table that has one; rename it and train again to score files."),
        .. TooGood.Doubt(trained.Figures),
    ];

    private static IReadOnlyList<string> Lines(TableTrainingOptions options, TrainedTable trained, EvaluationReport? figures, int version) =>
    [
        FormattableString.Invariant($"published {options.Name}@{version} ({trained.Rows.RowCount} rows, {trained.Draft.Schema.Features.Count} features, fitted in {trained.FitSeconds:F1} s)"),
        figures is null
            ? "not measured: one fit without out-of-fold scores (fixed trees, no calibration); intervals are unknown (0 to 1). 'leadpredict evaluate' on later rows tells how good it is."
            : FigureLines.Line("out of fold", figures),
        .. LeftOut(trained).Select(note => $"left out {note.Name}: {note.Reason}"),
        .. trained.Leaks.Findings.Select(finding => $"accepted {finding.Name}: {finding.Because}"),
    ];

    private static string Card(TableTrainingOptions options, TrainedTable trained, EvaluationReport? figures) => ModelCard.Write(new()
    {
        Name = options.Name,
        Predicts = [$"the probability that column '{trained.Label}' says yes"],
        Training =
        [
            ("learner", options.Trainer.Learner),
            ("trees", FormattableString.Invariant($"{trained.Trained.TreesUsed}")),
            ("seed", FormattableString.Invariant($"{options.Trainer.Seed}")),
            .. options.Group is { } group ? [("kept together", $"rows of one '{group}'")] : Array.Empty<(string, string)>(),
            .. options.Time is { } order ? [("order of time", $"by '{order}'")] : Array.Empty<(string, string)>(),
            .. LearnerOptions.Describe(options.Trainer),
        ],
        Counts = [("rows", trained.Rows.RowCount), ("converted", trained.Rows.Positives), ("features", trained.Draft.Schema.Features.Count)],
        Figures = figures is null ? [] : [FigureLines.Card("Out of fold", figures)],
        Calibration = figures is null
            ? ["none: the trees' log-odds are taken as they are, and the interval of a score is unknown (0 to 1)"]
            : [$"calibration {LearnerOptions.Calibration(options.Trainer, trained.Trained.Calibration)}"],
        Leaks = [.. trained.Leaks.Findings.Select(finding => $"{finding.Name} was accepted although {finding.Because}")],
        Limits =
        [
            figures is null
                ? "One fit to all rows, none held out: measure it with 'leadpredict evaluate' on later rows before anyone relies on it."
                : "The figures are out of fold on the training rows: rows that come later, from another market or another form, may be scored worse.",
            .. trained.Notes.Concat(Doubts(trained)).Select(doubt => $"Warned of: {doubt}"),
            options.Time is { } time
                ? $"'{time}' says the order of time; nothing is known of when a cell was filled in."
                : "The order of the file's rows is taken for time, unless they lie in the order of their labels or a date falls; nothing is known of when a cell was filled in.",
        ],
    });
}
