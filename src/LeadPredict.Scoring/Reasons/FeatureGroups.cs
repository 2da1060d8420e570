using LeadPredict.Features;

namespace LeadPredict.Scoring.Reasons;

/// <summary>The things that features are made of, numbered in the order in which the schema first names them. Immutable.</summary>
internal sealed class FeatureGroups
{
    private readonly int[] _of;
    private readonly int[][] _features;

    public FeatureGroups(FeatureSchema schema)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        _of = [.. schema.Features.Select(feature => numbers.TryGetValue(feature.Group, out int known) ? known : numbers[feature.Group] = numbers.Count)];
        _features = [.. Enumerable.Range(0, numbers.Count).Select(group => Enumerable.Range(0, _of.Length).Where(feature => _of[feature] == group).ToArray())];
        Names = [.. numbers.OrderBy(number => number.Value).Select(number => number.Key)];
    }

    /// <summary>The things' names.</summary>
    public string[] Names { get; }

    /// <summary>The features of a thing, in the order of the schema.</summary>
    public ReadOnlySpan<int> FeaturesOf(int group) => _features[group];

    /// <summary>The name of a feature's thing.</summary>
    public string NameOf(int feature) => Names[_of[feature]];
}
