using LeadPredict.Funnel.Stages;
using YamlDotNet.RepresentationModel;

namespace LeadPredict.Training.Import.Recipes;

/// <summary>Reads where values come from. A plain word names a column, or is the value itself where <c>constant</c> says so.</summary>
internal sealed class CellReading(RecipeFaults faults, IdForm ids)
{
    /// <summary>What a mapping that tells a source may say.</summary>
    public static readonly string[] Keys = ["column", "value", "map", "optional", "json", "firstOf", "prefix", "suffix", "else", "then"];

    /// <summary>The source under a key, or null; a missing required key is a fault.</summary>
    public CellSource? Read(RecipeMap map, string key, bool required = false, bool constant = false) =>
        map.Value(key, required) is { } node ? Read(node, $"'{key}'", constant) : null;

    /// <summary>The source of an identifier of a lead or an event under a key, or null; a missing required key is a fault.</summary>
    public CellSource? Id(RecipeMap map, string key, bool required = false) => Read(map, key, required)?.As(ids);

    /// <summary>The source of an identifier of a lead that a node tells; <paramref name="also"/> names further keys that its mapping may have.</summary>
    public CellSource? Id(YamlNode node, string what, params string[] also) => Read(node, what, constant: false, also)?.As(ids);

    /// <summary>The source that a node tells; <paramref name="also"/> names further keys that its mapping may have.</summary>
    public CellSource? Read(YamlNode node, string what, bool constant = false, params string[] also)
    {
        Place place = RecipeFaults.PlaceOf(node);
        switch (node)
        {
            case YamlScalarNode { Value: { Length: > 0 } word } when !RecipeMap.IsNull(node):
                return constant ? new(place, null, word, null) : new(place, word, null, null);
            case YamlSequenceNode names:
                return Named(place, names, what);
            case YamlMappingNode mapping:
                var map = new RecipeMap(mapping, faults, what, [.. Keys, .. also]);
                if (map.Has("column") == map.Has("value"))
                {
                    faults.Add(node, map.Has("column") ? $"{what} has 'column' and 'value'; expected only one of them" : $"{what} needs either 'column' or 'value'");
                    return null;
                }

                if (map.Has("value") && map.Has("else"))
                {
                    faults.Add(node, $"{what} has 'value', which no row lacks, and 'else', which would never be taken; expected only one of them");
                }

                CellSource? source = map.Value("column") is YamlSequenceNode several
                    ? Named(place, several, what)
                    : new(place, map.Text("column"), map.Text("value"), null);
                return source is null ? null : source with
                {
                    Map = Meanings(map),
                    Optional = map.Flag("optional"),
                    Json = map.Words("json"),
                    FirstOf = Mark(map),
                    Prefix = map.Text("prefix"),
                    Suffix = map.Text("suffix"),
                    Else = map.Value("else") is { } other ? Read(other, $"'else' of {what}", constant) : null,
                    Then = map.Value("then") is { } rest ? Read(rest, $"'then' of {what}", constant) : null,
                };
            default:
                faults.Add(node, $"{what} must be a {(constant ? "word" : "column's name")}, or a mapping with {string.Join(", ", Keys)}");
                return null;
        }
    }

    /// <summary>The conditions under <c>when</c>: one mapping or a list of them.</summary>
    public IReadOnlyList<Condition> Conditions(RecipeMap map)
    {
        var conditions = new List<Condition>();
        foreach (YamlMappingNode node in map.Mappings("when"))
        {
            var condition = new RecipeMap(node, faults, "a condition", "column", "map", "is", "isNot", "isStage", "present");
            if (Read(condition, "column", required: true) is not { } column)
            {
                continue;
            }

            string[] demands = [.. new[] { "is", "isNot", "isStage", "present" }.Where(condition.Has)];
            if (demands.Length != 1)
            {
                faults.Add(node, demands.Length == 0
                    ? "a condition needs one of is, isNot, isStage, present"
                    : $"a condition has {string.Join(" and ", demands)}; expected only one of is, isNot, isStage, present (a list of conditions must all hold)");
                continue;
            }

            if (condition.Has("map") && column.Map is not null)
            {
                faults.Add(node, "a condition has 'map' and its column has one too; expected only one of them");
            }

            CellSource cell = column with { Map = Meanings(condition) ?? column.Map };
            conditions.Add(condition.Has("present")
                ? new(cell, [], !condition.Flag("present"))
                : new(cell, condition.Words("is") ?? condition.Words("isNot") ?? [], condition.Has("isNot")) { Stages = [.. Stages(condition)] });
        }

        return conditions;
    }

    private IEnumerable<Stage> Stages(RecipeMap condition)
    {
        foreach (string word in condition.Words("isStage") ?? [])
        {
            if (StageWords.Find(word) is { } stage)
            {
                yield return stage;
            }
            else
            {
                faults.Add(condition.Value("isStage")!, $"'{word}' is no stage; expected {StageWords.Expected}");
            }
        }
    }

    private CellSource? Named(Place place, YamlSequenceNode names, string what)
    {
        string[] words = [.. names.Children.OfType<YamlScalarNode>().Select(name => name.Value ?? "").Where(name => name.Length > 0)];
        if (words.Length == 0 || words.Length < names.Children.Count)
        {
            faults.Add(names, $"{what} must list names of a column, of which the first that is there is taken");
            return null;
        }

        return new(place, words[0], null, null) { Or = words[1..] };
    }

    private string? Mark(RecipeMap map)
    {
        string? mark = map.Text("firstOf");
        if (mark is "")
        {
            faults.Add(map.Value("firstOf")!, "'firstOf' is empty; expected what parts the entries of a list, such as \";\"");
        }

        return mark;
    }

    private Dictionary<string, string?>? Meanings(RecipeMap map)
    {
        if (map.Mapping("map") is not { } node)
        {
            return null;
        }

        var meanings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach ((YamlNode word, YamlNode meaning) in node.Children)
        {
            if (word is not YamlScalarNode { Value: { } from } || meaning is not YamlScalarNode to)
            {
                faults.Add(word, "'map' must say WORD: MEANING");
            }
            else if (!meanings.TryAdd(from.Trim(), RecipeMap.IsNull(to) || string.IsNullOrWhiteSpace(to.Value) ? null : to.Value))
            {
                faults.Add(word, $"'map' says '{from}' twice; words compare without case");
            }
        }

        return meanings;
    }
}
