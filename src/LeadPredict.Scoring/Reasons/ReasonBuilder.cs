using LeadPredict.Features;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Scoring.Reasons;

/// <summary>From contributions of single features to reasons of things a person knows: variants of one thing are added up.</summary>
internal static class ReasonBuilder
{
    /// <summary>How many reasons stand for themselves.</summary>
    public const int MaxReasons = 10;

    /// <summary>What an answer says of its reasons.</summary>
    public const string Method =
        "Contributions are in log-odds before calibration: exact path-dependent TreeSHAP for trees, distance from the training average for linear terms, "
        + "features of one thing added up. baseValue plus all contributions is rawScore.";

    /// <summary>The reasons of a link for the engine's last prediction.</summary>
    public static (double Base, IReadOnlyList<ScoreReason> Reasons) Of(PredictionEngine engine, ModelLink link, double raw)
    {
        FeatureExtractor extractor = engine.Compiled.Extractor;
        double[] contributions = new double[extractor.Count];
        double start = engine.Explain(link, contributions);
        IReadOnlyList<FeatureDefinition> features = extractor.Schema.Features;

        var groups = new Dictionary<string, (double Sum, int Strongest)>(StringComparer.Ordinal);
        for (int i = 0; i < contributions.Length; i++)
        {
            (double sum, int strongest) = groups.TryGetValue(features[i].Group, out var known) ? known : (0, i);
            groups[features[i].Group] = (
                sum + contributions[i], Math.Abs(contributions[i]) > Math.Abs(contributions[strongest]) ? i : strongest);
        }

        var told = new List<ScoreReason>();
        double left = raw - start;
        foreach ((string group, (double sum, int strongest)) in groups
            .Where(group => group.Value.Sum != 0)
            .OrderByDescending(group => Math.Abs(group.Value.Sum)).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(MaxReasons))
        {
            float value = engine.Row[strongest];
            told.Add(new(group, Shown(features[strongest], value), sum, $"{extractor.Describe(strongest, value)}: speaks {(sum > 0 ? "for" : "against")} it"));
            left -= sum;
        }

        // The rest also takes up what rounding left, so that the lines add up.
        if (left != 0)
        {
            told.Add(new(ScoreReason.AllOthers, null, left, "everything else that is known"));
        }

        return (start, told);
    }

    private static object? Shown(FeatureDefinition feature, float value) => (float.IsNaN(value), feature.Kind) switch
    {
        (true, _) => null,
        (false, FeatureKind.Categorical) => feature.Categories[(int)value],
        _ => value,
    };
}
