using LeadPredict.Features;

namespace LeadPredict.Scoring.Reasons;

/// <summary>The things that features are made of, numbered in the order in which the schema first names them. Immutable.</summary>
internal sealed class FeatureGroups
{
    private readonly int[] _of;

    public FeatureGroups(FeatureSchema schema)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        _of = [.. schema.Features.Select(feature => numbers.TryGetValue(feature.Group, out int known) ? known : numbers[feature.Group] = numbers.Count)];
        Names = [.. numbers.OrderBy(number => number.Value).Select(number => number.Key)];
    }

    /// <summary>The things' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of a feature's thing.</summary>
    public int Of(int feature) => _of[feature];

    /// <summary>The name of a feature's thing.</summary>
    public string NameOf(int feature) => Names[_of[feature]];
}
