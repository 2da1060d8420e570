using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.Conditions;

namespace LeadPredict.Scorecard.Reading;

/// <summary>Reads conditions.</summary>
/// <param name="values">Reads values.</param>
/// <param name="names">Takes up what the conditions name.</param>
internal sealed class ConditionReader(ValueReader values, CardNames names)
{
    private static readonly string[] Kinds = ["attribute", "source", "touch", "stage", "all", "any", "not"];
    private readonly ValueTestReader _tests = new(values);
    private readonly TouchReader _touches = new(values, names.TouchTypes);

    /// <summary>What the conditions read so far name.</summary>
    public CardNames Names => names;

    /// <summary>The condition, or null after a fault.</summary>
    public Condition? Read(YamlNode? node)
    {
        if (values.Block(node, "a condition") is not { } block)
        {
            return null;
        }

        string[] found = [.. Kinds.Where(kind => block.Node.Entries.Any(entry => entry.Key.Value == kind))];
        if (found.Length != 1)
        {
            string what = found.Length == 0 ? block.Node.Describe() : string.Join(" and ", found) + " side by side";
            values.Faults.Add(block.Node, what, $"exactly one of {string.Join(", ", Kinds)} in a condition (join several with all or any)");
            return null;
        }

        YamlNode value = block.Find(found[0])!;
        Condition? condition = found[0] switch
        {
            "attribute" => Attribute(block, value),
            "source" => Source(value),
            "touch" => _touches.Read(block, value),
            "stage" => InStage(value),
            "not" => Read(value) is { } inner ? new NotCondition(inner) : null,
            "all" => Several(value) is { } all ? new AllCondition(all) : null,
            _ => Several(value) is { } any ? new AnyCondition(any) : null,
        };
        block.RefuseOthers();
        return condition;
    }

    /// <summary>A list of conditions, at least one, or null after a fault.</summary>
    public IReadOnlyList<Condition>? Several(YamlNode node)
    {
        IReadOnlyList<YamlNode> items = values.List(node, "conditions");
        Condition[] conditions = [.. items.Select(Read).OfType<Condition>()];
        return conditions.Length > 0 && conditions.Length == items.Count ? conditions : null;
    }

    private AttributeCondition? Attribute(MappingReader block, YamlNode value)
    {
        string? name = values.Text(value, "the name of an attribute");
        ValueTest? test = _tests.Read(block);
        return name is not null && test is not null ? new(name, names.Attributes.Of(name), test) : null;
    }

    private SourceCondition? Source(YamlNode value)
    {
        IReadOnlyList<string> sources = values.Texts(value, "sources (\"\" stands for a source that is not known)", blanks: true);
        return sources.Count > 0 ? new(sources) : null;
    }

    private StageCondition? InStage(YamlNode value)
    {
        List<Stage> stages = [];
        foreach (YamlNode item in value is YamlScalar ? [value] : values.List(value, "stages"))
        {
            if (item is YamlScalar { Value: var name } && Enum.GetNames<Stage>().Contains(name, StringComparer.Ordinal))
            {
                stages.Add(Enum.Parse<Stage>(name));
            }
            else
            {
                values.Faults.Add(item, item.Describe(), $"a stage: one of {string.Join(", ", Enum.GetNames<Stage>())}");
            }
        }

        return stages.Count > 0 ? new(stages) : null;
    }
}
