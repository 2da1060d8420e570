using System.Globalization;
using System.Text.RegularExpressions;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using YamlDotNet.RepresentationModel;

namespace LeadPredict.Scorecard.Tests.Rules;

/// <summary>Applies a card straight from its YAML, rule by rule and touch by touch: slow, and plain to see that it is right. It shares no code with the evaluator.</summary>
internal sealed class ObviousCard
{
    private readonly YamlMappingNode _root;

    public ObviousCard(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        _root = (YamlMappingNode)stream.Documents[0].RootNode;
    }

    /// <summary>All texts that stand in the card, to make leads of.</summary>
    public IEnumerable<string> Texts => _root.AllNodes.OfType<YamlScalarNode>().Select(node => node.Value!).Distinct();

    public (double Points, double Fit, double Engagement, List<(string Rule, double Points, int Hits)> Items, bool[] Met) Evaluate(Snapshot snapshot)
    {
        var items = new List<(string, double, int)>();
        double fit = 0, engagement = 0;
        foreach (string key in new[] { "demographic", "company", "online", "email", "social" })
        {
            if (Find(_root["groups"], key) is not { } group)
            {
                continue;
            }

            double sum = 0;
            foreach (YamlNode rule in (YamlSequenceNode)group["rules"])
            {
                sum += Rule(rule, snapshot, items);
            }

            double kept = Kept(sum, Find(group, "limits"), items);
            fit += key is "demographic" or "company" ? kept : 0;
            engagement += key is "demographic" or "company" ? 0 : kept;
        }

        bool[] met = [.. Children(Find(_root, "sqlCriteria")).Select(criterion => Children(criterion["any"]).Any(one => Holds(one, snapshot)))];
        return (Kept(fit + engagement, Find(_root, "totalLimits"), items), fit, engagement, items, met);
    }

    private static double Rule(YamlNode rule, Snapshot snapshot, List<(string, double, int)> items)
    {
        double each = Number(rule, "points")!.Value;
        double points = 0;
        int hits = 0;
        YamlNode when = rule["when"];
        if (Find(when, "touch") is not null)
        {
            double? expires = Find(rule, "decay") is { } decay ? Number(decay, "expiresDays") : null;
            double? half = Find(rule, "decay") is { } fading ? Number(fading, "halfLifeDays") : null;
            TimeSpan[] ages = [.. Fitting(when, snapshot, isFirst: true).Select(touch => snapshot.AsOf - touch.OccurredAt).Order()
                .Where(age => expires is null || age <= TimeSpan.FromDays(expires.Value))];
            int times = (int)(Number(when, "times") ?? 1);
            hits = Math.Min(ages.Length / times, (int)(Number(rule, "repeats") ?? 1));
            points = Enumerable.Range(0, hits).Sum(hit => each * (half is { } days ? Math.Pow(0.5, ages[hit * times].TotalDays / days) : 1));
        }
        else if (Holds(when, snapshot))
        {
            (hits, points) = (1, each);
        }

        points = Math.Round(points * 8, MidpointRounding.AwayFromZero) / 8;
        if (hits == 0 || (points == 0 && Find(rule, "signal") is null))
        {
            return 0;
        }

        items.Add((Text(rule, "name")!, points, hits));
        return Number(rule, "limit") is { } limit && Math.Abs(points) > limit ? Cut(points, Math.Sign(points) * limit, items) : points;
    }

    private static double Kept(double points, YamlNode? limits, List<(string, double, int)> items)
    {
        double kept = limits is null ? points : Math.Clamp(points, Number(limits, "min") ?? double.MinValue, Number(limits, "max") ?? double.MaxValue);
        return kept == points ? points : Cut(points, kept, items);
    }

    private static double Cut(double points, double kept, List<(string, double, int)> items)
    {
        items.Add(("limit", kept - points, 0));
        return kept;
    }

    private static bool Holds(YamlNode condition, Snapshot snapshot)
    {
        (string kind, YamlNode value) = ((YamlMappingNode)condition).Children.Select(pair => (Kind: pair.Key.ToString(), pair.Value))
            .First(pair => pair.Kind is "attribute" or "source" or "touch" or "stage" or "all" or "any" or "not");
        return kind switch
        {
            "all" => Children(value).All(one => Holds(one, snapshot)),
            "any" => Children(value).Any(one => Holds(one, snapshot)),
            "not" => !Holds(value, snapshot),
            "source" => Children(value).Any(one => Same(one.ToString(), (snapshot.Lead.Source ?? "").Trim())),
            "stage" => Children(value).Any(one => one.ToString() == snapshot.Stage.ToString()),
            "touch" => Fitting(condition, snapshot, isFirst: true).Count >= (Number(condition, "times") ?? 1),
            _ => Passes(condition, snapshot.Attributes.GetValueOrDefault(value.ToString())),
        };
    }

    private static List<Touch> Fitting(YamlNode pattern, Snapshot snapshot, bool isFirst)
    {
        string[] types = [.. Children(pattern["touch"]).Select(type => type.ToString())];
        TimeSpan? within = Number(pattern, "withinDays") is { } days ? TimeSpan.FromDays(days) : null;
        List<Touch>? earlier = Find(pattern, "after") is { } after ? Fitting(after, snapshot, isFirst: false) : null;
        TimeSpan? gap = Find(pattern, "after") is { } bound && Number(bound, "withinDays") is { } most ? TimeSpan.FromDays(most) : null;
        return [.. snapshot.Touches.Where(touch =>
            (types.Contains("any") || types.Any(type => Same(type, touch.Type)))
            && (!isFirst || within is null || touch.OccurredAt >= snapshot.AsOf - within)
            && Children(Find(pattern, "where"), pairs: true).All(filter => Passes(filter[1], touch.Properties.GetValueOrDefault(filter[0].ToString())))
            && (earlier is null || earlier.Any(before => before.OccurredAt < touch.OccurredAt && (gap is null || touch.OccurredAt - before.OccurredAt <= gap))))];
    }

    private static bool Passes(YamlNode test, AttributeValue value)
    {
        bool blank = value.IsMissing || (value.Text is { } text && text.Trim().Length == 0);
        if (test is not YamlMappingNode)
        {
            return !blank && Children(test).Any(one => Equal(one, value));
        }

        double number = value.Kind == AttributeKind.Boolean ? double.NaN : Parsed(value.ToString());
        return Find(test, "missing") is { } missing ? blank == (missing.ToString() == "true")
            : Find(test, "is") is { } truth ? (truth.ToString() == "true" ? new[] { "true", "yes", "y", "1" } : ["false", "no", "n", "0"]).Any(word => Same(word, value.ToString().Trim()))
            : Find(test, "in") is { } list ? !blank && Children(list).Any(one => Equal(one, value))
            : Find(test, "equals") is { } equal ? !blank && Equal(equal, value)
            : Find(test, "contains") is { } parts ? value.Text is { } whole && Children(parts).Any(part => whole.Contains(part.ToString(), StringComparison.OrdinalIgnoreCase))
            : Find(test, "words") is { } words ? value.Text is { } title && Children(words).Any(word => HasWord(title, word.ToString()))
            : number >= (Number(test, "atLeast") ?? double.NegativeInfinity) && number < (Number(test, "below") ?? double.PositiveInfinity);
    }

    private static bool HasWord(string title, string word)
    {
        string[] said = Words(title), asked = Words(word);
        bool prefix = word.EndsWith('*');
        return Enumerable.Range(0, Math.Max(0, said.Length - asked.Length + 1)).Any(start => asked.Select((one, i) =>
            prefix && i == asked.Length - 1 ? said[start + i].StartsWith(one, StringComparison.Ordinal) : said[start + i] == one).All(fits => fits));
    }

    private static string[] Words(string text) => [.. Regex.Split(text.ToLowerInvariant(), @"[^\p{L}\p{Nd}]+").Where(word => word.Length > 0)];

    private static bool Equal(YamlNode listed, AttributeValue value) => value.Kind == AttributeKind.Number
        ? Parsed(listed.ToString()) == value.Number
        : Same(listed.ToString().Trim(), value.ToString().Trim()) || (value.Kind == AttributeKind.Text && Parsed(listed.ToString()) == Parsed(value.ToString()));

    private static double Parsed(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : double.NaN;

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static YamlNode? Find(YamlNode node, string key) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;

    private static string? Text(YamlNode node, string key) => Find(node, key)?.ToString();

    private static double? Number(YamlNode node, string key) => Text(node, key) is { } text ? Parsed(text) : null;

    private static IEnumerable<YamlNode> Children(YamlNode? node) => node switch
    {
        null => [],
        YamlSequenceNode list => list.Children,
        _ => [node],
    };

    private static IEnumerable<YamlNode[]> Children(YamlNode? node, bool pairs) =>
        pairs && node is YamlMappingNode mapping ? mapping.Children.Select(pair => new[] { pair.Key, pair.Value }) : [];
}
