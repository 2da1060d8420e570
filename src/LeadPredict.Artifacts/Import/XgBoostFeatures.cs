using System.Collections.Immutable;
using System.Text;
using LeadPredict.Artifacts.Format;

namespace LeadPredict.Artifacts.Import;

/// <summary>Reads the names, types and categories of an XGBoost model's columns.</summary>
internal static class XgBoostFeatures
{
    public static ImmutableArray<XgBoostFeature> Read(JsonPlace learner, int columns, ImmutableArray<XgBoostTree> trees)
    {
        IReadOnlyList<JsonPlace> names = learner.Has("feature_names") ? learner.Member("feature_names").Items(FormatLimits.Columns) : [];
        if (names.Count != columns || columns == 0)
        {
            throw new ModelFormatException(
                learner.File,
                learner.Pointer + "/feature_names",
                names.Count == 0 ? "no names" : $"{names.Count} names for {columns} columns",
                "a name for each column: train from a data frame, or give DMatrix its feature_names");
        }

        IReadOnlyList<JsonPlace> types = learner.Has("feature_types") ? learner.Member("feature_types").Items(FormatLimits.Columns) : [];
        int[] codes = CodesAskedFor(columns, trees);
        var features = ImmutableArray.CreateBuilder<XgBoostFeature>(columns);
        for (int i = 0; i < columns; i++)
        {
            XgBoostFeatureKind kind = codes[i] > 0 ? XgBoostFeatureKind.Category : i < types.Count ? Kind(types[i]) : XgBoostFeatureKind.Number;
            ImmutableArray<string>? categories = kind == XgBoostFeatureKind.Category ? Categories(learner, i) : null;
            if (categories is { Length: var known } && known < codes[i])
            {
                throw names[i].Fault($"{known} category names for codes up to {codes[i] - 1}", "a name for each code");
            }

            features.Add(new(names[i].Text().Trim(), kind, categories?.Length ?? codes[i], categories));
        }

        return features.MoveToImmutable();
    }

    private static XgBoostFeatureKind Kind(JsonPlace type) => type.Text() switch
    {
        "float" or "int" or "q" => XgBoostFeatureKind.Number,
        "i" => XgBoostFeatureKind.Indicator,
        "c" => XgBoostFeatureKind.Category,
        var other => throw type.Fault($"'{other}'", "float, int, q, i or c"),
    };

    /// <summary>One more than the highest code that a split of each column names. What was pruned keeps its categories, but no column.</summary>
    private static int[] CodesAskedFor(int columns, ImmutableArray<XgBoostTree> trees)
    {
        int[] codes = new int[columns];
        foreach (XgBoostTree tree in trees)
        {
            foreach ((int node, ImmutableArray<int> right) in tree.RightCodes.Where(split => tree.Left[split.Key] != -1))
            {
                codes[tree.Feature[node]] = Math.Max(codes[tree.Feature[node]], right.IsEmpty ? 1 : right.Max() + 1);
            }
        }

        return codes;
    }

    /// <summary>The names of 3.1 and later: all of them in one run of UTF-8, cut at offsets, or whole numbers.</summary>
    private static ImmutableArray<string>? Categories(JsonPlace learner, int feature)
    {
        JsonPlace model = learner.Member("gradient_booster").Member("model");
        if (model.Optional("cats") is not { } cats || !cats.Has("enc"))
        {
            return null;
        }

        IReadOnlyList<JsonPlace> encoded = cats.Member("enc").Items(FormatLimits.Columns);
        if (feature >= encoded.Count || !encoded[feature].Has("values"))
        {
            return null;
        }

        ImmutableArray<int> values = encoded[feature].Member("values").Integers();
        if (!encoded[feature].Has("offsets"))
        {
            return values.IsEmpty ? null : [.. values.Select(value => FormattableString.Invariant($"{value}"))];
        }

        ImmutableArray<int> offsets = encoded[feature].Member("offsets").Integers();
        byte[] text = [.. values.Select(value => unchecked((byte)value))];
        var names = ImmutableArray.CreateBuilder<string>();
        for (int i = 1; i < offsets.Length; i++)
        {
            if (offsets[i - 1] < 0 || offsets[i] < offsets[i - 1] || offsets[i] > text.Length)
            {
                throw encoded[feature].Member("offsets").Fault("offsets that do not rise", $"offsets from 0 to {text.Length}");
            }

            names.Add(Encoding.UTF8.GetString(text, offsets[i - 1], offsets[i] - offsets[i - 1]));
        }

        return names.Count == 0 ? null : names.ToImmutable();
    }
}
