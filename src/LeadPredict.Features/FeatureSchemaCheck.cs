namespace LeadPredict.Features;

/// <summary>What must hold of every schema, whether learned or read.</summary>
internal static class FeatureSchemaCheck
{
    public static void Check(IReadOnlyList<FeatureDefinition> features)
    {
        if (features.Count == 0)
        {
            throw new FeatureSchemaException("a schema without features; expected at least one");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < features.Count; i++)
        {
            FeatureDefinition feature = features[i]
                ?? throw new FeatureSchemaException($"feature {i} is null; expected a definition");
            if (string.IsNullOrWhiteSpace(feature.Name) || feature.Group is null || feature.Source is null || feature.Categories is null)
            {
                throw new FeatureSchemaException($"feature {i} ('{feature.Name}') lacks a name, group, source or category list");
            }

            if (!names.Add(feature.Name))
            {
                throw new FeatureSchemaException($"feature {i} is named '{feature.Name}' like one before it; names must be unique");
            }

            CheckCategories(feature);
        }
    }

    private static void CheckCategories(FeatureDefinition feature)
    {
        bool fits = feature.Kind == FeatureKind.Categorical
            ? feature.Categories.Count > 0 && feature.Categories[0] == FeatureDefinition.Other && !feature.Categories.Contains(null!)
            : feature.Categories.Count == 0;
        if (!fits)
        {
            throw new FeatureSchemaException(
                $"feature '{feature.Name}' is {feature.Kind} with {feature.Categories.Count} categories; "
                + $"expected '{FeatureDefinition.Other}' first for categories, none for numbers");
        }
    }
}
