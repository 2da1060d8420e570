using LeadPredict.Scorecard.Conditions;

namespace LeadPredict.Scorecard.Reading;

/// <summary>Reads the keys of one block and tells of those that nobody asked for.</summary>
internal sealed class MappingReader(YamlMapping mapping, string what, FaultList faults)
{
    private readonly List<string> _asked = [];

    /// <summary>The block's own place.</summary>
    public YamlMapping Node => mapping;

    /// <summary>The value of an optional key, or null.</summary>
    public YamlNode? Find(string key)
    {
        _asked.Add(key);
        foreach ((YamlScalar name, YamlNode value) in mapping.Entries)
        {
            if (name.Value == key)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The value of a key that must be there, or null after telling that it is not.</summary>
    public YamlNode? Require(string key, string expected)
    {
        YamlNode? value = Find(key);
        if (value is null)
        {
            faults.Add(mapping, $"{what} without {key}", $"{key}: {expected}");
        }

        return value;
    }

    /// <summary>Call last: every key that was not asked for is a fault.</summary>
    public void RefuseOthers()
    {
        foreach ((YamlScalar key, _) in mapping.Entries)
        {
            if (!_asked.Contains(key.Value))
            {
                string near = Spelling.Nearest(key.Value, _asked) is { } meant ? $" (did you mean {meant}?)" : "";
                faults.Add(key, $"the unknown key {Evidence.Quote(key.Value)} in {what}{near}", $"one of {string.Join(", ", _asked)}");
            }
        }
    }
}
