using System.Text.Json.Serialization;
using LeadPredict.Features.Sources;

namespace LeadPredict.Features;

/// <summary>How a feature's float is to be read.</summary>
public enum FeatureKind
{
    /// <summary>A number; NaN is missing.</summary>
    Numeric,

    /// <summary>A category's code, <c>0 .. Categories.Count - 1</c>; 0 is "other" (rare or never seen in training), NaN is missing.</summary>
    Categorical,
}

/// <summary>One number of the feature vector: its name, how to read it and where it comes from.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record FeatureDefinition
{
    /// <summary>What code 0 of every categorical feature is called.</summary>
    public const string Other = "other";

    /// <summary>Unique in its schema, stable between trainings, for example <c>page_view_30d</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Number or category.</summary>
    public required FeatureKind Kind { get; init; }

    /// <summary>The thing it is a variant of: all features of one attribute or of one touch type share a group.</summary>
    public required string Group { get; init; }

    /// <summary>The category names by code, <see cref="Other"/> first; empty for numbers.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Where the value comes from.</summary>
    public required FeatureSource Source { get; init; }

    /// <summary>The number of codes; 0 for numbers.</summary>
    [JsonIgnore]
    public int Cardinality => Categories.Count;
}
