using LeadPredict.Funnel.Leads;
using LeadPredict.Scorecard.Conditions;

namespace LeadPredict.Scorecard.Reading;

/// <summary>Reads what is asked of a value.</summary>
internal sealed class ValueTestReader(ValueReader values)
{
    private static readonly string[] Kinds = ["equals", "in", "contains", "words", "atLeast", "below", "is", "missing"];

    /// <summary>The one test in a block, or null after a fault. The block's owner refuses other keys.</summary>
    public ValueTest? Read(MappingReader block)
    {
        (string Kind, YamlNode Node)[] found = [.. Kinds
            .Select(kind => (Kind: kind, Node: block.Find(kind)))
            .Where(test => test.Node is not null)
            .Select(test => (test.Kind, test.Node!))];
        bool range = found.All(test => test.Kind is "atLeast" or "below");
        if (found.Length == 0 || (found.Length > 1 && !range))
        {
            string what = found.Length == 0 ? "no test" : string.Join(" and ", found.Select(test => test.Kind)) + " side by side";
            values.Faults.Add(block.Node, what, $"one of {string.Join(", ", Kinds)} (atLeast and below may stand together)");
            return null;
        }

        return range ? Range(block) : Single(found[0].Kind, found[0].Node);
    }

    /// <summary>A filter of a touch property: a value, a list of values, or a block with a test.</summary>
    public ValueTest? ReadFilter(YamlNode node)
    {
        if (node is not YamlMapping)
        {
            return OneOf(node);
        }

        MappingReader block = values.Block(node, "a filter")!;
        ValueTest? test = Read(block);
        block.RefuseOthers();
        return test;
    }

    private ValueTest? Single(string kind, YamlNode node) => kind switch
    {
        "equals" => values.Value(node) is { } value ? new OneOfTest([value]) : null,
        "in" => OneOf(node),
        "contains" => values.Texts(node, "texts") is { Count: > 0 } parts ? new ContainsTest(parts) : null,
        "words" => Words(node),
        "is" => values.Truth(node, "is") is { } truth ? new TruthTest(truth) : null,
        _ => values.Truth(node, "missing") is { } missing ? new MissingTest(missing) : null,
    };

    private OneOfTest? OneOf(YamlNode node)
    {
        IReadOnlyList<YamlNode> items = node is YamlScalar ? [node] : values.List(node, "values");
        AttributeValue[] listed = [.. items.Select(values.Value).OfType<AttributeValue>()];
        return listed.Length > 0 ? new(listed) : null;
    }

    private WordsTest? Words(YamlNode node)
    {
        IReadOnlyList<string> words = values.Texts(node, "words");
        foreach (string word in words.Where(word => !WordsTest.IsUsable(word)))
        {
            values.Faults.Add(node, $"{Evidence.Quote(word)} among the words", "words with letters or digits");
        }

        return words.Count > 0 ? new(words) : null;
    }

    private RangeTest? Range(MappingReader block)
    {
        YamlNode? low = block.Find("atLeast");
        YamlNode? high = block.Find("below");
        double? atLeast = values.Number(low, "atLeast", -1e15, 1e15);
        double? below = values.Number(high, "below", -1e15, 1e15);
        if (atLeast >= below)
        {
            values.Faults.Add(high!, $"below {Numbers.Write(below.Value)} with atLeast {Numbers.Write(atLeast.Value)}", "below greater than atLeast");
        }

        return atLeast is null && below is null ? null : new(atLeast, below);
    }
}
