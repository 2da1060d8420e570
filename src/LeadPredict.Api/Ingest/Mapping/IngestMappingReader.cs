using LeadPredict.Api.Ingest.Sources;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.Reading;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LeadPredict.Api.Ingest.Mapping;

/// <summary>Reads a mapping. Strict: what it does not know it refuses, all faults at once.</summary>
internal sealed class IngestMappingReader
{
    private const int LongestMapping = 1 << 20;
    private static readonly string[] Keys =
        ["leadIdPrefix", "touches", "otherTouches", "attributes", "otherAttributes", "stages", "types", "knownAtCreation"];

    private readonly List<string> _faults = [];

    /// <summary>The sources of <paramref name="before"/>, with what the text says put before it.</summary>
    public static Dictionary<string, SourceMapping> Read(string yaml, string name, IReadOnlyDictionary<string, SourceMapping> before)
    {
        var reader = new IngestMappingReader();
        var sources = new Dictionary<string, SourceMapping>(before, StringComparer.OrdinalIgnoreCase);
        Dictionary<string, YamlNode> sections = reader.Entries(Root(yaml, name), "the mapping", ForeignSources.Names);
        foreach (ForeignSource source in ForeignSources.All)
        {
            foreach (string section in new[] { source.AlsoMappedBy, source.Name }.OfType<string>())
            {
                if (sections.TryGetValue(section, out YamlNode? node))
                {
                    sources[source.Name] = reader.Source(node, section, sources.GetValueOrDefault(source.Name) ?? new());
                }
            }
        }

        return reader._faults.Count == 0
            ? sources
            : throw new IngestMappingException(string.Join('\n', reader._faults.Distinct().Select(fault => $"{name}, {fault}")));
    }

    private static YamlNode Root(string yaml, string name)
    {
        if (yaml.Length > LongestMapping)
        {
            throw new IngestMappingException($"{name} has {yaml.Length:N0} characters; expected at most {LongestMapping:N0}");
        }

        try
        {
            return BoundedYaml.Load(yaml).Documents is [{ RootNode: YamlMappingNode root }]
                ? root
                : throw new IngestMappingException($"{name} is no mapping; expected one YAML document with the sources as keys");
        }
        catch (YamlException fault)
        {
            throw new IngestMappingException($"{name}, line {fault.Start.Line}, column {fault.Start.Column}: cannot be read as YAML: {fault.Message}");
        }
    }

    private SourceMapping Source(YamlNode node, string name, SourceMapping before)
    {
        Dictionary<string, YamlNode> map = Entries(node, name, Keys);
        return before with
        {
            LeadIdPrefix = map.TryGetValue("leadIdPrefix", out YamlNode? prefix) ? Word(prefix) ?? "" : before.LeadIdPrefix,
            Touches = Merge(before.Touches, map, "touches", Type),
            KeepOtherTouches = Keep(map, "otherTouches", before.KeepOtherTouches),
            Attributes = Merge(before.Attributes, map, "attributes", Field),
            KeepOtherAttributes = Keep(map, "otherAttributes", before.KeepOtherAttributes),
            Stages = Merge(before.Stages, map, "stages", field => Merge(Empty<Stage?>(), Entries(field, "a field of stages", null), StageOf)),
            Types = Merge(before.Types, map, "types", Word),
            KnownAtCreation = map.TryGetValue("knownAtCreation", out YamlNode? list) ? Words(list) : before.KnownAtCreation,
        };
    }

    private Dictionary<string, YamlNode> Entries(YamlNode node, string what, IReadOnlyCollection<string>? known)
    {
        var entries = new Dictionary<string, YamlNode>(StringComparer.OrdinalIgnoreCase);
        if (node is not YamlMappingNode map)
        {
            Fault(node, $"{what} must be a mapping (key: value lines)");
            return entries;
        }

        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            if (known?.Contains(name, StringComparer.OrdinalIgnoreCase) == false)
            {
                Fault(key, $"{what} has no key '{name}'; expected one of {string.Join(", ", known)}");
            }
            else if (!entries.TryAdd(name, value))
            {
                Fault(key, $"{what} says '{name}' twice; names compare without case");
            }
        }

        return entries;
    }

    private Dictionary<string, T> Merge<T>(
        IReadOnlyDictionary<string, T> before, Dictionary<string, YamlNode> map, string key, Func<YamlNode, T> read) =>
        map.TryGetValue(key, out YamlNode? node) ? Merge(before, Entries(node, key, null), read) : new(before, StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, T> Merge<T>(IReadOnlyDictionary<string, T> before, Dictionary<string, YamlNode> entries, Func<YamlNode, T> read)
    {
        var merged = new Dictionary<string, T>(before, StringComparer.OrdinalIgnoreCase);
        foreach ((string name, YamlNode value) in entries)
        {
            merged[name] = read(value);
        }

        return merged;
    }

    private string? Word(YamlNode node)
    {
        if (node is not YamlScalarNode scalar)
        {
            Fault(node, "must be a word, or ~ for nothing");
            return null;
        }

        return scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "~" or "null" ? null : scalar.Value;
    }

    private string? Type(YamlNode node)
    {
        string? type = Word(node);
        if (type is not null && (type.Length > 100 || type != TouchTypes.Of(type)))
        {
            Fault(node, $"'{type}' is no touch type; expected lower-case letters, digits and underscores such as page_view");
        }

        return type;
    }

    private MappedField Field(YamlNode node)
    {
        if (node is not YamlMappingNode)
        {
            return new(Word(node));
        }

        Dictionary<string, YamlNode> map = Entries(node, "an attribute", ["name", "type"]);
        string? name = map.TryGetValue("name", out YamlNode? named) ? Word(named) : null;
        string type = map.TryGetValue("type", out YamlNode? typed) ? Word(typed) ?? "text" : "text";
        if (name is null || type is not ("text" or "number" or "boolean"))
        {
            Fault(node, "an attribute must be a name, or a mapping with name and type (text, number, boolean)");
        }

        return new(name, type);
    }

    private Stage? StageOf(YamlNode node)
    {
        string? word = Word(node);
        if (word is null || Enum.TryParse(word, ignoreCase: false, out Stage stage) && Enum.IsDefined(stage) && !char.IsAsciiDigit(word[0]))
        {
            return word is null ? null : Enum.Parse<Stage>(word);
        }

        Fault(node, $"'{word}' is no stage; expected ~ or one of {string.Join(", ", Enum.GetNames<Stage>())}");
        return null;
    }

    private bool Keep(Dictionary<string, YamlNode> map, string key, bool before)
    {
        if (!map.TryGetValue(key, out YamlNode? node))
        {
            return before;
        }

        string? word = Word(node);
        if (word is not ("keep" or "leaveOut"))
        {
            Fault(node, $"'{key}' is '{word}'; expected keep or leaveOut");
        }

        return word == "keep";
    }

    private Dictionary<string, string?> Words(YamlNode node)
    {
        var words = Empty<string?>();
        foreach (YamlNode item in node is YamlSequenceNode list ? list.Children : [node])
        {
            if (Word(item) is { } word)
            {
                words[word] = null;
            }
        }

        return words;
    }

    private void Fault(YamlNode node, string problem) => _faults.Add($"line {node.Start.Line}, column {node.Start.Column}: {problem}");

    private static Dictionary<string, T> Empty<T>() => new(StringComparer.OrdinalIgnoreCase);
}
