using LeadPredict.Features;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Artifacts.Format;

/// <summary>The two views of a feature, the schema's and the learner's.</summary>
public static class SchemaColumns
{
    /// <summary>The columns that a model of this schema has.</summary>
    public static IReadOnlyList<FeatureColumn> Of(FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return [.. schema.Features.Select(Of)];
    }

    /// <summary>Whether the columns are the schema's features, in the same order.</summary>
    internal static bool Fit(FeatureSchema schema, IReadOnlyList<FeatureColumn> columns) => Of(schema).SequenceEqual(columns);

    private static FeatureColumn Of(FeatureDefinition feature) => feature.Kind == FeatureKind.Categorical
        ? new(feature.Name, ColumnKind.Categorical, feature.Categories.Count)
        : new(feature.Name, ColumnKind.Numeric);
}
