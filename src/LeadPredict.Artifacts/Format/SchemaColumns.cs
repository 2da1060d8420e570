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
    internal static bool Fit(FeatureSchema schema, IReadOnlyList<FeatureColumn> columns) =>
        Of(schema).Select(Served).SequenceEqual(columns.Select(Served));

    /// <summary>What a model that serves knows of a column: which code stands for other values matters to learners alone.</summary>
    private static FeatureColumn Served(FeatureColumn column) => column with { HasOther = false };

    private static FeatureColumn Of(FeatureDefinition feature) => feature.Kind == FeatureKind.Categorical
        ? new(feature.Name, ColumnKind.Categorical, feature.Categories.Count, HasOther: true)
        : new(feature.Name, ColumnKind.Numeric);
}
