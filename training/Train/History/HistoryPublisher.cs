using System.Globalization;
using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Cards;
using LeadPredict.Artifacts.Drift;
using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Splits;
using LeadPredict.Funnel.Stages;
using LeadPredict.Training.Drift;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.Leaks;
using LeadPredict.Training.Train.Rows;

namespace LeadPredict.Training.Train.History;

/// <summary>Publishes what history training came to: the chain, the rules it was compared with, figures and card.</summary>
internal static class HistoryPublisher
{
    public static async Task<PublishedModel> PublishAsync(string models, TrainedHistory trained, CancellationToken cancellation)
    {
        HistoryJudgement judgement = trained.Judgement;
        var draft = new ArtifactDraft
        {
            Name = trained.Options.Name,
            Kind = ArtifactKind.Funnel,
            Funnel = trained.Examples.Funnel,
            Schema = trained.Draft.Schema,
            Sql = trained.Chain.Sql?.Model,
            CloseGivenSql = trained.Chain.CloseGivenSql?.Model,
            Close = trained.Chain.Close?.Model,
            CloseRecalibration = trained.Chain.CloseRecalibration,
            ScoreQuantiles = trained.Scale.ScoreQuantiles,
            ScorecardSqlCurve = trained.Scale.PointsToSql,
            ScorecardCloseCurve = trained.Scale.PointsToClose,
            ScorecardYaml = trained.Options.Scorecard.Yaml,
            MetricsJson = JsonSerializer.Serialize(Metrics(trained), ConsoleHost.JsonOptions),
            ComparisonJson = JsonSerializer.Serialize(Comparison(judgement), ConsoleHost.JsonOptions),
            Card = Card(trained),
        };
        var repository = new ModelRepository(models);
        int version = await repository.PublishAsync(draft, cancellation);
        return new(repository, draft.Name, version, Result(trained, version), Lines(trained, version));
    }

    /// <summary>What funnel and history lack, a sentence each; empty for the full chain.</summary>
    private static IReadOnlyList<string> Limits(TrainedHistory trained) =>
    [
        .. Limits(trained.Examples.Funnel), .. trained.Judgement.Unjudged, .. trained.Examples.Quiet is { } quiet ? [quiet] : Array.Empty<string>(),
        .. trained.Examples.Deals.Warnings(),
        .. new[] { trained.Judgement.Sql, trained.Judgement.Close }.OfType<QuestionJudgement>().SelectMany(question => TooGood.Doubt(question.Model, question.Name)),
    ];

    public static IReadOnlyList<string> Limits(FunnelDefinition funnel) => (funnel.Qualify, funnel.Close) switch
    {
        (null, { From: >= Stage.SalesQualified }) => ["The funnel does not date marketing qualification: the chain has one link, P(close), and no P(SQL)."],
        (null, _) => ["The funnel does not date sales qualification: the chain has one link, P(close), and no P(SQL)."],
        (_, null) => ["The funnel does not know wins: the chain has one link, P(SQL), and no P(close)."],
        _ => [],
    };

    private static object Metrics(TrainedHistory trained) => new
    {
        kind = "funnel",
        observedUntil = trained.Examples.ObservedUntil,
        testFrom = trained.Examples.TestStart,
        episodes = trained.Examples.Counts,
        split = trained.Examples.Sides,
        sql = trained.Judgement.Sql?.Model,
        close = trained.Judgement.Close?.Model,
        scorecard = new { sql = trained.Judgement.Sql?.Rules, close = trained.Judgement.Close?.Rules },
        verdict = trained.Judgement.Verdict,
        leaks = trained.Leaks.Findings,
        leftOut = trained.Draft.LeftOut,
        training = Reference(trained),
    };

    /// <summary>How leads were at the hand-over, and how many of them converted: what later ones are held against.</summary>
    private static TrainingReference Reference(TrainedHistory trained)
    {
        var entries = new RowCollector(trained.Draft.Schema);
        var features = new float[trained.Draft.Schema.Features.Count];
        foreach (HistoryRow row in trained.Examples.Decided.Where(row => row.IsEntry))
        {
            if ((trained.Examples.Funnel.Close is null ? row.Qualified : row.Closed) is { } decided)
            {
                entries.Add(row.ReadFeatures(features), decided.Converted, 1, row.Group);
            }
        }

        return DriftWatch.Reference(entries.ToTable());
    }

    private static object Comparison(HistoryJudgement judgement) => new
    {
        verdict = judgement.Verdict,
        sql = judgement.Sql?.Comparison,
        close = judgement.Close?.Comparison,
    };

    private static object Result(TrainedHistory trained, int version) => new
    {
        model = new { name = trained.Options.Name, version },
        version,
        fitSeconds = trained.FitSeconds,
        links = trained.Chain.Links().Select(link => new { link.Name, trees = link.Model.TreesUsed, calibration = link.Model.Calibration }),
        observedUntil = trained.Examples.ObservedUntil,
        testFrom = trained.Examples.TestStart,
        episodes = trained.Examples.Counts,
        split = trained.Examples.Sides,
        metrics = new { sql = FigureSummary.Of(trained.Judgement.Sql?.Model), close = FigureSummary.Of(trained.Judgement.Close?.Model) },
        scorecard = new { sql = FigureSummary.Of(trained.Judgement.Sql?.Rules), close = FigureSummary.Of(trained.Judgement.Close?.Rules) },
        verdict = trained.Judgement.Verdict,
        leaks = trained.Leaks.Findings,
        leftOut = trained.Draft.LeftOut,
        warnings = Limits(trained),
    };

    private static IReadOnlyList<string> Lines(TrainedHistory trained, int version)
    {
        List<string> lines =
        [
            FormattableString.Invariant($"published {trained.Options.Name}@{version} ({trained.Draft.Schema.Features.Count} features, fitted in {trained.FitSeconds:F1} s)"),
            FormattableString.Invariant($"judged on leads from {trained.Examples.TestStart:yyyy-MM-dd} on, learnt from {trained.Examples.Train.Count} earlier snapshots; then learnt again from all {trained.Examples.Decided.Count}"),
        ];
        foreach (QuestionJudgement question in Questions(trained))
        {
            lines.Add(FigureLines.Line($"{question.Name} model", question.Model));
            lines.Add(FigureLines.Line($"{question.Name} rules", question.Rules));
        }

        lines.Add(trained.Judgement.Verdict);
        lines.AddRange(Limits(trained));
        return lines;
    }

    private static IEnumerable<QuestionJudgement> Questions(TrainedHistory trained) =>
        new[] { trained.Judgement.Sql, trained.Judgement.Close }.OfType<QuestionJudgement>();

    private static string Card(TrainedHistory trained)
    {
        FunnelDefinition funnel = trained.Examples.Funnel;
        return ModelCard.Write(new()
        {
            Name = trained.Options.Name,
            Predicts = [.. Predictions(funnel)],
            Training =
            [
                ("learner", trained.Options.Trainer.Learner),
                .. trained.Chain.Links().Select(link => ($"trees in {link.Name}", link.Model.TreesUsed.ToString(CultureInfo.InvariantCulture))),
                ("seed", trained.Options.Trainer.Seed.ToString(CultureInfo.InvariantCulture)),
                .. LearnerOptions.Describe(trained.Options.Trainer),
            ],
            DataFrom = trained.Examples.Decided[0].AsOf,
            DataUntil = trained.Examples.ObservedUntil,
            TestFrom = trained.Examples.TestStart,
            Counts = [.. trained.Examples.Sides.SelectMany(split => Counts(split, funnel))],
            Figures = [.. Questions(trained).SelectMany(question => new[]
            {
                FigureLines.Card($"{question.Name}, model", question.Model),
                FigureLines.Card($"{question.Name}, scorecard", question.Rules),
            })],
            Calibration = [.. trained.Chain.Links().Select(link => $"{link.Name}: {LearnerOptions.Calibration(trained.Options.Trainer, link.Model.Calibration)}")],
            Verdict = trained.Judgement.Verdict,
            Leaks = [.. trained.Leaks.Findings.Select(finding => $"{finding.Name} was accepted although {finding.Because}")],
            Limits =
            [
                .. Limits(trained),
                "The figures are of the same recipe learnt without the held-out leads; the model itself has learnt from all decided ones.",
                "A probability says how often leads like this one converted in the history; a new product, market or price is not in it.",
                "Leads before the entry stage are scored as if they entered it now.",
            ],
        });
    }

    private static IEnumerable<string> Predictions(FunnelDefinition funnel) => funnel.Links.Select(link => FormattableString.Invariant(
        $"{link.From} reaches {link.To} within {link.Horizon.TotalDays:0} days"));

    private static IEnumerable<(string, long)> Counts(SplitCounts split, FunnelDefinition funnel) => split.Counts
        .Where(side => side.Value > 0)
        .OrderBy(side => side.Key)
        .Select(side => ($"{Question(split.Target, funnel)}, {Words(side.Key)}", (long)side.Value));

    private static string Question(Target target, FunnelDefinition funnel) => target switch
    {
        Target.Qualify => ProbabilityName.Sql,
        Target.Close when funnel.Qualify is not null => ProbabilityName.CloseGivenSql,
        _ => ProbabilityName.Close,
    };

    private static string Words(SplitSide side) => side switch
    {
        SplitSide.Train => "examples to learn from",
        SplitSide.Test => "later ones to judge by",
        SplitSide.Immature => "left out, their horizon is not over",
        SplitSide.Embargoed => "left out of judging, their horizon reaches among the later ones",
        SplitSide.NotEpisodeStart => "left out of judging, later ones that open no episode",
        _ => "left out of judging, their account lies on the other side",
    };
}
