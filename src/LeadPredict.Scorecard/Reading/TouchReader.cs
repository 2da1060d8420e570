using LeadPredict.Funnel.Leads;
using LeadPredict.Scorecard.Conditions;

namespace LeadPredict.Scorecard.Reading;

/// <summary>Reads touch conditions with their filters, windows and what they come after.</summary>
internal sealed class TouchReader(ValueReader values, NameNumbers touchTypes)
{
    private const string AnyType = "any";
    private readonly ValueTestReader _tests = new(values);

    /// <summary>The condition in a block whose key <c>touch</c> has that value, or null after a fault.</summary>
    public TouchCondition? Read(MappingReader block, YamlNode touch)
    {
        List<TouchPattern> chain = [];
        bool whole = Extend(chain, block, touch);
        int times = values.Whole(block.Find("times"), "times", 1, 1000) ?? 1;
        return whole ? new(chain, times) : null;
    }

    private bool Extend(List<TouchPattern> chain, MappingReader block, YamlNode touch)
    {
        IReadOnlyList<string> types = Types(touch);
        List<(string, ValueTest)> where = Filters(block.Find("where"));
        double? within = values.Days(block.Find("withinDays"), "withinDays");
        chain.Add(new(types.Contains(AnyType) ? [] : types, where, within, touchTypes));
        YamlNode? after = block.Find("after");
        if (after is null)
        {
            return types.Count > 0;
        }

        if (chain.Count == TouchCondition.LongestChain)
        {
            values.Faults.Add(after, $"{chain.Count} times after inside one another", $"at most {TouchCondition.LongestChain - 1}");
            return false;
        }

        if (values.Block(after, "after") is not { } earlier || earlier.Require("touch", "the type of the earlier touch") is not { } type)
        {
            return false;
        }

        bool whole = Extend(chain, earlier, type);
        earlier.RefuseOthers();
        return whole && types.Count > 0;
    }

    private IReadOnlyList<string> Types(YamlNode node)
    {
        IReadOnlyList<string> types = values.Texts(node, "touch types (any stands for all of them)");
        foreach (string type in types.Where(type => type != AnyType && !TouchTypes.Known.Contains(type, StringComparer.Ordinal)))
        {
            string near = Spelling.Nearest(type, TouchTypes.Known) is { } meant ? $" (did you mean {meant}?)" : "";
            values.Faults.Warn(node, $"the touch type {type} is not one of the known{near}", "it counts only if your history has touches of this type");
        }

        return types;
    }

    private List<(string, ValueTest)> Filters(YamlNode? node)
    {
        List<(string, ValueTest)> filters = [];
        if (values.Block(node, "where") is { } block)
        {
            foreach ((YamlScalar property, YamlNode value) in block.Node.Entries)
            {
                if (_tests.ReadFilter(value) is { } test)
                {
                    filters.Add((property.Value, test));
                }
            }
        }

        return filters;
    }
}
