using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.Conditions;
using LeadPredict.Scorecard.Rules;

namespace LeadPredict.Scorecard.Reading;

/// <summary>Reads the groups and their rules; rule names are unique over the whole card.</summary>
internal sealed class RuleReader(ValueReader values, ConditionReader conditions)
{
    private const int MostRepeats = 1000;
    private readonly Dictionary<string, int> _lineOfName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The five groups in their fixed order; those that the file leaves out have no rules.</summary>
    public IReadOnlyList<ScorecardGroup> ReadGroups(YamlNode? node)
    {
        if (values.Block(node, "groups") is not { } block)
        {
            return [];
        }

        List<ScorecardGroup> groups = [];
        foreach ((string key, string title, GradeAxis axis) in ScorecardGroup.Known)
        {
            MappingReader? group = values.Block(block.Find(key), $"the group {key}");
            PointLimits limits = ReadLimits(group?.Find("limits"), $"limits of the group {key}");
            IReadOnlyList<YamlNode> rules = values.List(group?.Require("rules", "a list of rules"), "rules");
            groups.Add(new(key, title, axis, limits, [.. rules.Select(ReadRule).OfType<ScorecardRule>()]));
            group?.RefuseOthers();
        }

        block.RefuseOthers();
        if (!values.Faults.Any && groups.All(group => group.Rules.Count == 0))
        {
            values.Faults.Add(block.Node, "no rule in any group", "at least one rule");
        }

        return groups;
    }

    /// <summary>Bounds with min, max or both; no bounds when the node is missing.</summary>
    public PointLimits ReadLimits(YamlNode? node, string what)
    {
        if (values.Block(node, what) is not { } block)
        {
            return PointLimits.None;
        }

        double? min = values.Points(block.Find("min"), "min");
        YamlNode? top = block.Find("max");
        double? max = values.Points(top, "max");
        block.RefuseOthers();
        if (min > max)
        {
            values.Faults.Add(top!, $"max {Numbers.Write(max.Value)} below min {Numbers.Write(min.Value)}", "max not below min");
            return PointLimits.None;
        }

        return new(min, max);
    }

    /// <summary>A name that is not taken yet, or null after a fault.</summary>
    public static string? UniqueName(ValueReader values, MappingReader block, string what, Dictionary<string, int> taken)
    {
        YamlNode? node = block.Require("name", "what people call it");
        string? name = values.Text(node, $"the name of {what}");
        if (name is not null && !taken.TryAdd(name, node!.Line))
        {
            values.Faults.Add(node, $"{what} named {Evidence.Quote(name)} as on line {taken[name]}", "a name of its own");
        }

        return name;
    }

    private ScorecardRule? ReadRule(YamlNode node)
    {
        if (values.Block(node, "a rule") is not { } block)
        {
            return null;
        }

        string? name = UniqueName(values, block, "a rule", _lineOfName);
        YamlNode? pointsNode = block.Require("points", "a number");
        double? points = values.Points(pointsNode, "points");
        YamlNode? when = block.Require("when", "a condition");
        Condition? condition = conditions.Read(when);
        YamlNode? repeatsNode = block.Find("repeats");
        int repeats = values.Whole(repeatsNode, "repeats", 1, MostRepeats) ?? 1;
        YamlNode? limitNode = block.Find("limit");
        double? limit = values.Points(limitNode, "limit", 0.125);
        YamlNode? decayNode = block.Find("decay");
        PointDecay? decay = ReadDecay(decayNode);
        Stage? signal = ReadSignal(block.Find("signal"));
        block.RefuseOthers();

        if (condition is not null and not TouchCondition && (repeatsNode ?? decayNode) is { } misplaced)
        {
            string key = repeatsNode is not null ? "repeats" : "decay";
            values.Faults.Add(misplaced, $"{key} on a condition that is not a touch", $"{key} only where when: begins with touch");
        }

        if (points == 0 && signal is null)
        {
            values.Faults.Add(pointsNode!, "0 points", "points other than 0 (0 only for a rule with a signal)");
        }

        if (limit < Math.Abs(points ?? 0))
        {
            values.Faults.Add(limitNode!, $"limit {Numbers.Write(limit.Value)} under the {Numbers.Write(Math.Abs(points!.Value))} points of one hit",
                "a limit of at least one hit");
        }

        return name is not null && points is not null && condition is not null
            ? new(name, points.Value, condition, repeats, limit, decay, signal) { Names = conditions.Names }
            : null;
    }

    private PointDecay? ReadDecay(YamlNode? node)
    {
        if (values.Block(node, "decay") is not { } block)
        {
            return null;
        }

        double? halfLife = values.Days(block.Find("halfLifeDays"), "halfLifeDays");
        double? expires = values.Days(block.Find("expiresDays"), "expiresDays");
        block.RefuseOthers();
        if (block.Node.Entries.Count == 0)
        {
            values.Faults.Add(block.Node, block.Node.Describe(), "halfLifeDays, expiresDays or both");
        }

        return new(halfLife, expires);
    }

    private Stage? ReadSignal(YamlNode? node) => node switch
    {
        null => null,
        YamlScalar { Value: nameof(Stage.MarketingQualified) } => Stage.MarketingQualified,
        YamlScalar { Value: nameof(Stage.SalesQualified) } => Stage.SalesQualified,
        _ => values.Fault<object>(node, "a signal: MarketingQualified or SalesQualified") as Stage?,
    };
}
