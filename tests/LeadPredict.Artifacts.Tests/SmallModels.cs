using LeadPredict.Artifacts.Cards;
using LeadPredict.Artifacts.Format;
using LeadPredict.Features;
using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;

namespace LeadPredict.Artifacts.Tests;

/// <summary>Models made by hand: small enough to reckon with on paper.</summary>
public static class SmallModels
{
    public static readonly FunnelDefinition QualifyOnly = FunnelDefinition.Create([Stage.MarketingQualified, Stage.SalesQualified]);

    public static readonly FunnelDefinition CloseOnly = FunnelDefinition.Create([Stage.MarketingQualified, Stage.Won]);

    /// <summary>Source (organic_search, event), employees, and demo requests in 90 days.</summary>
    public static FeatureSchema Schema { get; } = new(SchemaMode.History,
    [
        new() { Name = "source", Kind = FeatureKind.Categorical, Group = "source", Categories = ["other", "event", "organic_search"], Source = new LeadSource() },
        new() { Name = "employees", Kind = FeatureKind.Numeric, Group = "employees", Source = new AttributeNumber("employees") },
        new() { Name = "demo_request_90d", Kind = FeatureKind.Numeric, Group = "demo_request", Source = new TouchCount(new TouchFilter("demo_request"), 90) },
    ]);

    /// <summary>A model of the schema: <paramref name="intercept"/>, a tree over employees and sources, linear terms, an interval around all, and novelty of other sources and of many requests.</summary>
    public static ScoreModel Score(double intercept = -1, CalibrationCurve? calibration = null, FeatureSchema? schema = null) => new(
        SchemaColumns.Of(schema ?? Schema),
        new TreeEnsemble(new()
        {
            TreeStarts = [0, 5],
            Feature = [1, 0, -1, -1, -1],
            Threshold = [100.5f, 0, 0, 0, 0],
            Left = [1, 2, -1, -1, -1],
            Right = [4, 3, -1, -1, -1],
            DefaultLeft = [true, false, false, false, false],
            CategoryStart = [-1, 0, -1, -1, -1],
            CategoryWords = [1, 0b10],
            Value = [0, 0, 0.3, -0.4, 0.7],
            Cover = [100, 60, 20, 40, 40],
        }),
        new LinearTerms(
        [
            new CategoricalTerm([0.0, 0.25, -0.1], 0.05, 0.02),
            new NumericTerm([0.0, 1000.0], [0.0, 0.5], -0.2, 0.1),
            new NumericTerm([0.0, 3.0], [0.0, 2.1], 0.0, 0.3),
        ]),
        1.5,
        0.8,
        intercept,
        calibration ?? new SigmoidCurve(0.9, 0.1),
        new IntervalTable([-4.0, 0.0, 4.0], [0.001, 0.2, 0.8], [0.2, 0.7, 0.999]),
        new NoveltyTerms([new CategoricalTerm([0.25, 0.0, 0.0], 0.125, 0), null, new NumericTerm([0.0, 3.0, 6.0], [0.0, 0.0, 0.75], 0.5, 0)]));

    /// <summary>A full chain with the default scorecard's text left to the caller.</summary>
    public static ArtifactDraft Draft(string name = "small", FunnelDefinition? funnel = null, double intercept = -1, string? scorecard = null)
    {
        funnel ??= FunnelDefinition.Default;
        bool chain = funnel.Links.Count == 2;
        return new()
        {
            Name = name,
            Kind = ArtifactKind.Funnel,
            Funnel = funnel,
            Schema = Schema,
            Sql = funnel.Qualify is null ? null : Score(intercept),
            CloseGivenSql = chain ? Score(intercept - 0.5, new BetaCurve(1.1, 0.9, -0.2)) : null,
            Close = chain || funnel.Close is null ? null : Score(intercept - 1, new IsotonicCurve([-3.0, 0.0, 3.0], [0.01, 0.2, 0.9])),
            CloseRecalibration = chain ? new SigmoidCurve(1.05, 0.3) : null,
            ScoreQuantiles = [.. Enumerable.Range(0, 101).Select(i => i * i / 10_000.0)],
            ScorecardSqlCurve = funnel.Qualify is null ? null : new SigmoidCurve(0.02, -2),
            ScorecardCloseCurve = funnel.Close is null ? null : new SigmoidCurve(0.03, -4),
            ScorecardYaml = scorecard,
            MetricsJson = """{"sql":{"n":100,"auc":0.75}}""",
            ComparisonJson = """{"verdict":"The model catches <more> wins than the rules."}""",
            Card = ModelCard.Write(CardContent),
        };
    }

    public static ModelCardContent CardContent { get; } = new()
    {
        Name = "small",
        Predicts = ["P(SQL): a marketing-qualified lead is qualified by sales within 90 days"],
        Training = [("learner", "stack"), ("seed", "1")],
        DataFrom = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero),
        DataUntil = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero),
        TestFrom = new(2024, 9, 1, 0, 0, 0, TimeSpan.Zero),
        Counts = [("training examples", 12345), ("converted", 678)],
        Figures = [new("P(SQL)", [new("AUC", 0.75, 0.7, 0.8), new("ECE", double.NaN), new("examples", 1234)])],
        Calibration = ["P(SQL): sigmoid, chosen out of fold by log loss"],
        Verdict = "The model catches more wins than the rules.",
        Leaks = ["'Tags|<b>' was accepted although it is written after the outcome"],
        Limits = ["Not for leads of other companies."],
    };
}
