using LeadPredict.Features;

namespace LeadPredict.Scoring.Changes;

/// <summary>The difference of two states, feature by feature and in words.</summary>
internal static class PartBuilder
{
    /// <summary>Contributions are sums of many small products: differences below this are the rounding of 64-bit floats, not the doing of a feature.</summary>
    private const double Noise = 1e-9;

    /// <summary>What changed between two snapshots under one model.</summary>
    public static ChangePart Of(ChangeCause cause, ScoreState before, ScoreState after)
    {
        var contributions = new List<ChangeContribution>();
        for (int i = 0; i < before.Count; i++)
        {
            Add(contributions, after.Feature(i), before.Shown(i), after.Shown(i), after.Contribution(i) - before.Contribution(i), Words(before, after, i));
        }

        return Part(cause, after.RawScore - before.RawScore, contributions);
    }

    /// <summary>What changed between two models on one snapshot. Features of the same name are the same thing.</summary>
    public static ChangePart OfModels(ScoreState before, ScoreState after, string first, string second)
    {
        var contributions = new List<ChangeContribution>();
        if (after.Base != before.Base)
        {
            contributions.Add(new(
                ChangeContribution.Base, ChangeContribution.Base, null, null, after.Base - before.Base, $"{second} starts from another average than {first}"));
        }

        for (int i = 0; i < before.Count; i++)
        {
            int there = after.Extractor.Schema.IndexOf(before.Feature(i).Name);
            double by = there < 0 ? 0 : after.Contribution(there);
            string words = there < 0 ? $"{before.Words(i)}: read by {first} alone" : $"{before.Words(i)}: {Weighs(before.Contribution(i), by, second)}";
            Add(contributions, before.Feature(i), before.Shown(i), there < 0 ? null : after.Shown(there), by - before.Contribution(i), words);
        }

        for (int i = 0; i < after.Count; i++)
        {
            if (before.Extractor.Schema.IndexOf(after.Feature(i).Name) < 0)
            {
                Add(contributions, after.Feature(i), null, after.Shown(i), after.Contribution(i), $"{after.Words(i)}: read by {second} alone");
            }
        }

        return Part(ChangeCause.Model, after.RawScore - before.RawScore, contributions);
    }

    private static void Add(List<ChangeContribution> contributions, FeatureDefinition feature, object? before, object? after, double difference, string text)
    {
        if (difference != 0)
        {
            contributions.Add(new(feature.Name, feature.Group, before, after, difference, text));
        }
    }

    /// <summary>The strongest line bears what rounding left, so that the lines add up exactly.</summary>
    private static ChangePart Part(ChangeCause cause, double difference, List<ChangeContribution> contributions)
    {
        List<ChangeContribution> lines =
        [
            .. contributions.Where(line => Math.Abs(line.Contribution) >= Noise)
                .OrderByDescending(line => Math.Abs(line.Contribution)).ThenBy(line => line.Feature, StringComparer.Ordinal),
        ];
        double rest = difference - lines.Sum(line => line.Contribution);
        if (rest != 0 && lines.Count == 0)
        {
            lines.Add(new(ChangeContribution.Base, ChangeContribution.Base, null, null, rest, "rounding"));
        }
        else if (rest != 0)
        {
            lines[0] = lines[0] with { Contribution = lines[0].Contribution + rest };
        }

        return new(cause, difference, lines);
    }

    private static string Words(ScoreState before, ScoreState after, int feature)
    {
        string was = before.Words(feature);
        string now = after.Words(feature);
        return was != now ? $"{now} (before: {was})"
            : before.SameValue(after, feature) ? $"{now}, as before: counts otherwise beside what changed"
            : now;
    }

    private static string Weighs(double before, double after, string second) =>
        before != 0 && after != 0 && before > 0 != after > 0 ? $"speaks {(after > 0 ? "for" : "against")} it by {second}, and did not before"
        : Math.Abs(after) > Math.Abs(before) ? $"counts more by {second}"
        : $"counts less by {second}";
}
