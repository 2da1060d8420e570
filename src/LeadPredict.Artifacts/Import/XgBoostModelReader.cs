using System.Collections.Immutable;
using System.Globalization;
using LeadPredict.Artifacts.Format;

namespace LeadPredict.Artifacts.Import;

/// <summary>Reads the JSON models of XGBoost 1.7 to 3.x: <c>binary:logistic</c> or <c>reg:logistic</c>, booster <c>gbtree</c>, named columns.</summary>
/// <remarks>
/// The format is XGBoost's own <c>doc/model.schema</c>. What it leaves open follows its source: <c>src/common/categorical.h</c> for where
/// categories go, <c>src/tree/tree_model.cc</c> for the arrays of a tree, <c>src/data/cat_container.cc</c> for category names.
/// </remarks>
public static class XgBoostModelReader
{
    private const string Booster = "/learner/gradient_booster/name";

    /// <summary>Two names of one loss and one link.</summary>
    private static readonly string[] Objectives = ["binary:logistic", "reg:logistic"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="XgBoostFormatException">It is no such model; the message says what was found, where, and what is supported.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static XgBoostModel Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        long length = new FileInfo(path).Length;
        return length <= FormatLimits.FileBytes
            ? Read(path, File.ReadAllBytes(path))
            : throw new XgBoostFormatException(path, "", $"{length} bytes", $"at most {FormatLimits.FileBytes}");
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="XgBoostFormatException">It is no such model; the message says what was found, where, and what is supported.</exception>
    public static XgBoostModel Read(string file, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (XgBoostText.IsBinary(bytes))
        {
            throw new XgBoostFormatException(
                file, "", "XGBoost's binary JSON (UBJSON)", "its text form: save the model again with save_model(\"model.json\")");
        }

        try
        {
            return Model(JsonPlace.Parse(file, XgBoostText.ToJson(bytes)));
        }
        catch (ModelFormatException fault)
        {
            throw new XgBoostFormatException(fault.File, fault.Place, fault.Found, fault.Expected, fault);
        }
    }

    /// <summary>A member that must be there.</summary>
    internal static JsonPlace Required(this JsonPlace place, string name) => place.Has(name)
        ? place.Member(name)
        : throw place.Fault(place.IsObject ? $"no member '{name}'" : "no object", $"'{name}', as XGBoost 1.7 to 3.x writes it");

    /// <summary>A whole number that XGBoost writes as text.</summary>
    internal static int CountAsText(this JsonPlace place) =>
        place.Text() is var text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : throw place.Fault("other text", "a whole number as text");

    private static XgBoostModel Model(JsonPlace root)
    {
        JsonPlace learner = root.Required("learner");
        string version = VersionOf(root.Required("version"));
        Expect(learner.Required("objective").Required("name"), Objectives, "the objective binary:logistic or reg:logistic, whose sums are log-odds of one answer");
        JsonPlace booster = learner.Required("gradient_booster");
        Expect(booster.Required("name"), ["gbtree"], $"the booster gbtree at {Booster}");
        JsonPlace parameters = learner.Required("learner_model_param");
        AtMostOne(parameters, "num_class", "one answer, not several classes");
        AtMostOne(parameters, "num_target", "one answer, not several targets");

        JsonPlace model = booster.Required("model");
        int columns = parameters.Required("num_feature").CountAsText();
        ImmutableArray<XgBoostTree> trees =
        [
            .. model.Required("trees").Items(FormatLimits.Elements).Select(tree => XgBoostTreeReader.Read(tree, columns)),
        ];
        int together = model.Optional("gbtree_model_param") is { } shape && shape.Has("num_parallel_tree")
            ? Math.Max(1, shape.Member("num_parallel_tree").CountAsText())
            : 1;
        return new(
            root.File,
            version,
            BaseScore(parameters.Required("base_score")),
            XgBoostFeatures.Read(learner, columns, trees),
            trees,
            BestRounds(learner),
            trees.Length / together);
    }

    private static string VersionOf(JsonPlace place)
    {
        ImmutableArray<int> version = place.Integers();
        string text = string.Join('.', version);
        bool known = version is [1, >= 7, _] or [2 or 3, _, _];
        return known ? text : throw place.Fault($"version {text}", "XGBoost 1.7 to 3.x; load and save the model with one of those");
    }

    private static void Expect(JsonPlace place, string[] wanted, string expected)
    {
        if (!wanted.Contains(place.Text()))
        {
            throw place.Fault($"'{place.Text()}'", expected);
        }
    }

    private static void AtMostOne(JsonPlace parameters, string name, string expected)
    {
        if (parameters.Has(name) && parameters.Member(name).CountAsText() is > 1 and var count)
        {
            throw parameters.Member(name).Fault($"{count}", expected);
        }
    }

    /// <summary>A probability: <c>"5E-1"</c> up to 2.x, <c>"[5E-1]"</c> from 3.x on.</summary>
    private static float BaseScore(JsonPlace place)
    {
        string text = place.Text().Trim();
        string number = text is ['[', .. var inside, ']'] ? inside : text;
        return float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out float score) && score is > 0 and < 1
            ? score
            : throw place.Fault($"'{text}'", "one probability above 0 and below 1, such as \"5E-1\" or \"[5E-1]\"");
    }

    private static int? BestRounds(JsonPlace learner) =>
        learner.Optional("attributes") is { } attributes && attributes.Has("best_iteration")
        && int.TryParse(attributes.Member("best_iteration").Text(), NumberStyles.None, CultureInfo.InvariantCulture, out int best) && best < int.MaxValue
            ? best + 1
            : null;
}
