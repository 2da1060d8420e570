using System.Collections.Immutable;
using LeadPredict.Artifacts.Format;
using LeadPredict.Features;
using LeadPredict.Features.Sources;
using LeadPredict.Features.Words;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Artifacts.Import;

/// <summary>A table schema for an XGBoost model: its columns by name. Category code c of XGBoost is code c + 1 here, 0 is every category it never saw.</summary>
public static class XgBoostTableSchema
{
    /// <summary>Makes the schema and the model that reads by it.</summary>
    /// <param name="model">The model as read.</param>
    /// <param name="categories">
    /// By column name the category names in the order of XGBoost's codes; a column that is not named takes the file's own names, else its cells
    /// are the codes themselves.
    /// </param>
    /// <exception cref="XgBoostFormatException">Two names differ in case alone, a column has too few categories, or the trees do not fit.</exception>
    public static (FeatureSchema Schema, ScoreModel Model) Of(XgBoostModel model, IReadOnlyDictionary<string, IReadOnlyList<string>>? categories = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        CheckCategories(model, categories ?? ImmutableDictionary<string, IReadOnlyList<string>>.Empty);
        CheckNames(model);
        FeatureDefinition[] features = [.. model.Features.Select(feature => Feature(model, feature, categories?.GetValueOrDefault(feature.Name)))];

        // A category by the name of a missing word, as NA for North America, was one to XGBoost. Among numbers these words mean missing in any case.
        var names = features.SelectMany(feature => feature.Categories).Select(name => name.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var schema = new FeatureSchema(SchemaMode.Table, features, [.. MissingWords.Usual.Where(word => !names.Contains(word))]);
        IReadOnlyList<FeatureColumn> columns = SchemaColumns.Of(schema);
        return (schema, XgBoostConversion.Convert(model, columns, [.. columns.Select((column, index) => new XgBoostColumn(index, column, 1))]));
    }

    private static FeatureDefinition Feature(XgBoostModel model, XgBoostFeature feature, IReadOnlyList<string>? given) => feature.Kind switch
    {
        XgBoostFeatureKind.Category => new()
        {
            Name = feature.Name,
            Group = feature.Name,
            Kind = FeatureKind.Categorical,
            Source = new AttributeCategory(feature.Name),
            Categories = [FeatureDefinition.Other, .. Names(model, feature, given)],
        },
        XgBoostFeatureKind.Indicator => Number(feature.Name, new AttributeBoolean(feature.Name)),
        _ => Number(feature.Name, new AttributeNumber(feature.Name)),
    };

    private static FeatureDefinition Number(string name, FeatureSource source) =>
        new() { Name = name, Group = name, Kind = FeatureKind.Numeric, Source = source };

    private static IEnumerable<string> Names(XgBoostModel model, XgBoostFeature feature, IReadOnlyList<string>? given)
    {
        IReadOnlyList<string> names = given ?? (feature.Categories is { } own ? own : [.. Enumerable.Range(0, feature.Codes).Select(code => FormattableString.Invariant($"{code}"))]);
        if (names.Count < feature.Codes)
        {
            throw Fault(model, $"{names.Count} categories of column '{feature.Name}'", $"at least {feature.Codes}, in the order of XGBoost's codes");
        }

        string? twice = names.GroupBy(name => name.Trim(), StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1)?.Key;
        return twice is null
            ? names
            : throw Fault(model, $"category '{twice}' of column '{feature.Name}' twice", "names that differ in more than case and blanks");
    }

    private static void CheckNames(XgBoostModel model)
    {
        string? twice = model.Features.GroupBy(feature => feature.Name.Trim(), StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(same => same.Count() > 1 || same.Key.Length == 0)?.Key;
        if (twice is not null)
        {
            throw Fault(model, twice.Length == 0 ? "a blank name" : $"the name '{twice}' more than once", "names that differ in more than case and blanks");
        }
    }

    private static void CheckCategories(XgBoostModel model, IReadOnlyDictionary<string, IReadOnlyList<string>> categories)
    {
        string[] known = [.. model.Features.Where(feature => feature.Kind == XgBoostFeatureKind.Category).Select(feature => feature.Name)];
        string? unknown = categories.Keys.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null)
        {
            throw Fault(model, $"categories for '{unknown}'", $"a categorical column: {(known.Length == 0 ? "this model has none" : string.Join(", ", known))}");
        }
    }

    private static XgBoostFormatException Fault(XgBoostModel model, string found, string expected) =>
        new(model.File, "/learner/feature_names", found, expected);
}
