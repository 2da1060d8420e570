using LeadPredict.Features;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;

namespace LeadPredict.Artifacts;

/// <summary>A trained model on its way into the repository: everything but the version, which publishing decides.</summary>
/// <remarks>
/// Nothing in it may depend on the wall clock, so that the same input, options and seed publish the same bytes. A funnel of two links
/// has <see cref="Sql"/> and <see cref="CloseGivenSql"/>; one that ends at SQL has <see cref="Sql"/> alone; one that goes straight to
/// won, and every table model, has <see cref="Close"/> alone.
/// </remarks>
public sealed record ArtifactDraft
{
    /// <summary>The model's name: 1 to 64 of <c>a-z 0-9 . _ -</c>, beginning with a letter or digit.</summary>
    public required string Name { get; init; }

    /// <summary>Funnel or table.</summary>
    public required ArtifactKind Kind { get; init; }

    /// <summary>The funnel, for <see cref="ArtifactKind.Funnel"/>; null for tables.</summary>
    public FunnelDefinition? Funnel { get; init; }

    /// <summary>How rows become numbers; its features are the columns of every model here, in the same order.</summary>
    public required FeatureSchema Schema { get; init; }

    /// <summary>P(SQL) of a lead in the qualify link, or null.</summary>
    public ScoreModel? Sql { get; init; }

    /// <summary>P(close given SQL), or null.</summary>
    public ScoreModel? CloseGivenSql { get; init; }

    /// <summary>The one probability of one-link funnels to won and of tables, or null.</summary>
    public ScoreModel? Close { get; init; }

    /// <summary>
    /// What MQL cohorts really did with the product of the two links: from the log-odds of the product to P(close). Null leaves the
    /// product as it is.
    /// </summary>
    public CalibrationCurve? CloseRecalibration { get; init; }

    /// <summary>
    /// 101 knots, never falling, each 0 to 1: the 0, 1, ... 100 % quantiles of the final probability (P(close) where there is one) among
    /// the reference leads. The score of 0 to 100 is the percentile.
    /// </summary>
    public required IReadOnlyList<double> ScoreQuantiles { get; init; }

    /// <summary>From the scorecard's points to P(SQL), or null.</summary>
    public CalibrationCurve? ScorecardSqlCurve { get; init; }

    /// <summary>From the scorecard's points to P(close), or null.</summary>
    public CalibrationCurve? ScorecardCloseCurve { get; init; }

    /// <summary>The scorecard it was compared with, as its file's text, or null.</summary>
    public string? ScorecardYaml { get; init; }

    /// <summary>The figures of the evaluation: a JSON object, kept as it is.</summary>
    public required string MetricsJson { get; init; }

    /// <summary>The comparison with the scorecard: a JSON object, kept as it is, or null.</summary>
    public string? ComparisonJson { get; init; }

    /// <summary>The model card in Markdown; see <see cref="Cards.ModelCard"/>.</summary>
    public required string Card { get; init; }
}
