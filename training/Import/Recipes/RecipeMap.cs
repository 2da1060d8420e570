using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LeadPredict.Training.Import.Recipes;

/// <summary>A YAML mapping of which only certain keys may be there. What is wrong goes to the faults, and reading goes on.</summary>
internal sealed class RecipeMap
{
    private readonly RecipeFaults _faults;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);

    public RecipeMap(YamlMappingNode node, RecipeFaults faults, string what, params string[] keys)
    {
        Node = node;
        What = what;
        _faults = faults;
        foreach ((YamlNode key, YamlNode value) in node.Children)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            if (keys.Contains(name, StringComparer.Ordinal))
            {
                _values[name] = value;
            }
            else
            {
                faults.Add(key, $"{what} has no key '{name}'; expected one of {string.Join(", ", keys)}");
            }
        }
    }

    public YamlMappingNode Node { get; }

    public string What { get; }

    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>The value of a key, or null; a missing required key is a fault.</summary>
    public YamlNode? Value(string key, bool required = false)
    {
        if (_values.TryGetValue(key, out YamlNode? value))
        {
            return value;
        }

        if (required)
        {
            _faults.Add(Node, $"{What} needs the key '{key}'");
        }

        return null;
    }

    /// <summary>Plain text, or null.</summary>
    public string? Text(string key, bool required = false) => Value(key, required) switch
    {
        null => null,
        YamlScalarNode { Value: { } text } => text,
        var other => Fault<string>(other, $"'{key}' of {What} must be text"),
    };

    /// <summary>A number of days, or null.</summary>
    public TimeSpan? Days(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double days) && days is >= 1 and <= 1000)
        {
            return TimeSpan.FromDays(days);
        }

        _faults.Add(_values[key], $"'{key}' is '{text}'; expected a number of days from 1 to 1000");
        return null;
    }

    /// <summary>true or false; false when not said.</summary>
    public bool Flag(string key)
    {
        if (Text(key) is not { } text)
        {
            return false;
        }

        if (text is not ("true" or "false"))
        {
            _faults.Add(_values[key], $"'{key}' is '{text}'; expected true or false");
        }

        return text == "true";
    }

    /// <summary>A mapping, or null.</summary>
    public YamlMappingNode? Mapping(string key, bool required = false) => Value(key, required) switch
    {
        null => null,
        YamlMappingNode mapping => mapping,
        var other => Fault<YamlMappingNode>(other, $"'{key}' of {What} must be a mapping (key: value lines)"),
    };

    /// <summary>What a list holds; anything else stands for a list of one.</summary>
    public IEnumerable<YamlNode> Items(string key, bool required = false) => Value(key, required) switch
    {
        null => [],
        YamlSequenceNode sequence => sequence.Children,
        var single => [single],
    };

    /// <summary>The mappings of a list; one mapping stands for a list of one.</summary>
    public IEnumerable<YamlMappingNode> Mappings(string key, bool required = false)
    {
        foreach (YamlNode item in Items(key, required))
        {
            if (item is YamlMappingNode mapping)
            {
                yield return mapping;
            }
            else
            {
                _faults.Add(item, $"'{key}' of {What} must be a list of mappings (- key: value)");
            }
        }
    }

    /// <summary>The words of a list; one word stands for a list of one. Null when not said.</summary>
    public IReadOnlyList<string>? Words(string key)
    {
        if (!Has(key))
        {
            return null;
        }

        var words = new List<string>();
        foreach (YamlNode item in Items(key))
        {
            if (item is YamlScalarNode { Value: { } word })
            {
                words.Add(word);
            }
            else
            {
                _faults.Add(item, $"'{key}' of {What} must be a list of words");
            }
        }

        return words;
    }

    /// <summary>Whether a scalar says nothing: <c>~</c>, <c>null</c> or empty without quotes.</summary>
    public static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain } scalar && scalar.Value is null or "" or "~" or "null";

    private T? Fault<T>(YamlNode node, string problem)
        where T : class
    {
        _faults.Add(node, problem);
        return null;
    }
}
