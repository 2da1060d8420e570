namespace LeadPredict.Artifacts.Format;

/// <summary>The names of the files in a version's folder.</summary>
public static class ArtifactFiles
{
    /// <summary>What the version consists of, with hashes.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>Trees, linear terms, calibration: data only.</summary>
    public const string Model = "model.json";

    /// <summary>The feature schema.</summary>
    public const string Schema = "schema.json";

    /// <summary>The figures of its evaluation.</summary>
    public const string Metrics = "metrics.json";

    /// <summary>The model card.</summary>
    public const string Card = "card.md";

    /// <summary>The scorecard it was compared with; optional.</summary>
    public const string Scorecard = "scorecard.yaml";

    /// <summary>The comparison with that scorecard; optional.</summary>
    public const string Comparison = "comparison.json";

    /// <summary>Files that every version has.</summary>
    public static readonly IReadOnlyList<string> Required = [Card, Metrics, Model, Schema];

    /// <summary>Files that a manifest may name, ordered by name.</summary>
    public static readonly IReadOnlyList<string> All = [Card, Comparison, Metrics, Model, Schema, Scorecard];
}
