using LeadPredict.Features;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;

namespace LeadPredict.Artifacts;

/// <summary>A published version of a model, read whole and checked against its manifest.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed class ModelArtifact
{
    internal ModelArtifact(ArtifactDraft content, int version, string hash)
    {
        Content = content;
        Version = version;
        Hash = hash;
    }

    /// <summary>What was published.</summary>
    public ArtifactDraft Content { get; }

    /// <summary>The model's name.</summary>
    public string Name => Content.Name;

    /// <summary>The version, from 1; a version never changes.</summary>
    public int Version { get; }

    /// <summary>The SHA-256 of <c>manifest.json</c> in lower-case hexadecimal. It covers all files, and not the name or version.</summary>
    public string Hash { get; }

    /// <inheritdoc cref="ArtifactDraft.Kind"/>
    public ArtifactKind Kind => Content.Kind;

    /// <inheritdoc cref="ArtifactDraft.Funnel"/>
    public FunnelDefinition? Funnel => Content.Funnel;

    /// <inheritdoc cref="ArtifactDraft.Schema"/>
    public FeatureSchema Schema => Content.Schema;

    /// <inheritdoc cref="ArtifactDraft.Sql"/>
    public ScoreModel? Sql => Content.Sql;

    /// <inheritdoc cref="ArtifactDraft.CloseGivenSql"/>
    public ScoreModel? CloseGivenSql => Content.CloseGivenSql;

    /// <inheritdoc cref="ArtifactDraft.Close"/>
    public ScoreModel? Close => Content.Close;

    /// <inheritdoc cref="ArtifactDraft.CloseRecalibration"/>
    public CalibrationCurve? CloseRecalibration => Content.CloseRecalibration;

    /// <inheritdoc cref="ArtifactDraft.ScoreQuantiles"/>
    public IReadOnlyList<double> ScoreQuantiles => Content.ScoreQuantiles;

    /// <inheritdoc cref="ArtifactDraft.ScorecardSqlCurve"/>
    public CalibrationCurve? ScorecardSqlCurve => Content.ScorecardSqlCurve;

    /// <inheritdoc cref="ArtifactDraft.ScorecardCloseCurve"/>
    public CalibrationCurve? ScorecardCloseCurve => Content.ScorecardCloseCurve;

    /// <inheritdoc cref="ArtifactDraft.ScorecardYaml"/>
    public string? ScorecardYaml => Content.ScorecardYaml;

    /// <inheritdoc cref="ArtifactDraft.MetricsJson"/>
    public string MetricsJson => Content.MetricsJson;

    /// <inheritdoc cref="ArtifactDraft.ComparisonJson"/>
    public string? ComparisonJson => Content.ComparisonJson;

    /// <inheritdoc cref="ArtifactDraft.Card"/>
    public string Card => Content.Card;

    /// <summary><c>name@version</c>.</summary>
    public override string ToString() => $"{Name}@{Version}";
}
