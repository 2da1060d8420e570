using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace LeadPredict.Scorecard.Proposals;

/// <summary>
/// Writes a card anew with other points: rules without points go, rules that count as one become one, hits count once, limits and decay go with the old
/// points. Signals stay, and expire as before.
/// </summary>
internal static class ProposedCard
{
    /// <summary>The line with which the library ends a document whose last value has no end of its own.</summary>
    private const string End = "\n...\n";

    public static string Write(ScorecardDefinition card, IReadOnlyList<PointedRules> points, int mqlThreshold, IReadOnlyList<int> fit, IReadOnlyList<int> engagement)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(card.Yaml));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        Set(root, "name", (card.Name + ", learned from outcomes").TrimStart(',', ' '));
        Set(root, "version", (card.Version == int.MaxValue ? card.Version : card.Version + 1).ToString(CultureInfo.InvariantCulture));
        if (card.MqlStep)
        {
            Set(root, "mqlThreshold", Math.Max(1, mqlThreshold).ToString(CultureInfo.InvariantCulture));
        }

        Dictionary<PointedRules, string> names = Names(card, points);
        root.Children.Remove("totalLimits");
        var grades = (YamlMappingNode)root.Children["grades"];
        grades.Children["fit"] = Bands(["A", "B", "C"], fit);
        grades.Children["engagement"] = Bands(["1", "2", "3"], engagement);
        foreach ((YamlNode _, YamlNode node) in ((YamlMappingNode)root.Children["groups"]).Children)
        {
            var group = (YamlMappingNode)node;
            group.Children.Remove("limits");
            if (group.Children.TryGetValue("rules", out YamlNode? list) && list is YamlSequenceNode rules)
            {
                Rewrite(rules, points, names);
            }
        }

        Drop((YamlMappingNode)root.Children["groups"]);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        stream.Save(text, assignAnchors: false);
        string yaml = text.ToString().ReplaceLineEndings("\n");
        yaml = yaml.EndsWith(End, StringComparison.Ordinal) ? yaml[..^(End.Length - 1)] : yaml;
        return "# Proposed by LeadPredict from what became of your leads. Compare before you adopt it:\n"
            + "#   leadpredict scorecard check FILE\n#   leadpredict train --scorecard FILE ...\n" + yaml;
    }

    /// <summary>What the rules are called that count as one: a number follows where another rule that stays has the name.</summary>
    private static Dictionary<PointedRules, string> Names(ScorecardDefinition card, IReadOnlyList<PointedRules> points)
    {
        PointedRules[] joined = [.. points.Where(one => one.Rules.Count > 1)];
        var gone = joined.Select(one => one.Rules[0]).ToHashSet(StringComparer.Ordinal);
        var taken = card.Groups.SelectMany(group => group.Rules)
            .Where(rule => !gone.Contains(rule.Name) && (rule.Signal is not null || points.Any(one => one.Rules[0] == rule.Name)))
            .Select(rule => rule.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return joined.ToDictionary(
            one => one, one => Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? one.Name : $"{one.Name} {number.ToString(CultureInfo.InvariantCulture)}").First(taken.Add));
    }

    private static void Rewrite(YamlSequenceNode rules, IReadOnlyList<PointedRules> points, Dictionary<PointedRules, string> names)
    {
        Dictionary<string, YamlMappingNode> byName = rules.Children.OfType<YamlMappingNode>()
            .ToDictionary(rule => ((YamlScalarNode)rule.Children["name"]).Value!.Trim(), StringComparer.Ordinal);
        foreach ((string name, YamlMappingNode rule) in byName)
        {
            PointedRules? pointed = points.FirstOrDefault(one => one.Rules[0] == name);
            if (pointed is null && !rule.Children.ContainsKey("signal"))
            {
                rules.Children.Remove(rule);
                continue;
            }

            if (pointed is { Rules.Count: > 1 })
            {
                Set(rule, "name", names[pointed]);
                rule.Children["when"] = new YamlMappingNode { { "any", new YamlSequenceNode(pointed.Rules.Select(one => byName[one].Children["when"])) } };
            }

            Set(rule, "points", (pointed?.Points ?? 0).ToString(CultureInfo.InvariantCulture));
            YamlNode? expires = pointed is { Rules.Count: > 1 } ? null : Expiry(rule);
            foreach (string key in new[] { "repeats", "limit", "decay" })
            {
                rule.Children.Remove(key);
            }

            if (expires is not null)
            {
                rule.Children["decay"] = new YamlMappingNode("expiresDays", expires) { Style = YamlDotNet.Core.Events.MappingStyle.Flow };
            }
        }
    }

    /// <summary>After how many days a signal's touches suggest nothing any more; null for ever, and for rules that are no signals.</summary>
    private static YamlNode? Expiry(YamlMappingNode rule) => rule.Children.ContainsKey("signal")
        && rule.Children.TryGetValue("decay", out YamlNode? decay) && decay is YamlMappingNode { Children: var parts }
        && parts.TryGetValue("expiresDays", out YamlNode? days) ? days : null;

    /// <summary>Groups without rules go: an empty list is no list.</summary>
    private static void Drop(YamlMappingNode groups)
    {
        foreach (YamlNode key in groups.Children.Where(group => group.Value is YamlMappingNode { Children: var children }
            && children.TryGetValue("rules", out YamlNode? list) && list is YamlSequenceNode { Children.Count: 0 }).Select(group => group.Key).ToArray())
        {
            groups.Children.Remove(key);
        }
    }

    private static YamlMappingNode Bands(string[] names, IReadOnlyList<int> starts)
    {
        var bands = new YamlMappingNode { Style = YamlDotNet.Core.Events.MappingStyle.Flow };
        for (int i = 0; i < names.Length; i++)
        {
            bands.Add(names[i], starts[i].ToString(CultureInfo.InvariantCulture));
        }

        return bands;
    }

    private static void Set(YamlMappingNode mapping, string key, string value) => mapping.Children[key] = new YamlScalarNode(value);
}
