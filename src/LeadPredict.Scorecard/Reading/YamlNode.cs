using LeadPredict.Scorecard.Conditions;

namespace LeadPredict.Scorecard.Reading;

/// <summary>A piece of a YAML file with its place, from 1.</summary>
internal abstract record YamlNode(int Line, int Column)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Describe();
}

/// <summary>A single value; <paramref name="IsPlain"/> when it was written without quotes.</summary>
internal sealed record YamlScalar(int Line, int Column, string Value, bool IsPlain) : YamlNode(Line, Column)
{
    /// <summary>Nothing after the colon, or null spelled out.</summary>
    public bool IsEmpty => IsPlain && Value is "" or "~" or "null";

    public override string Describe() => (IsEmpty, IsPlain) switch
    {
        (true, _) => "nothing",
        (_, true) => Evidence.Quote(Value),
        _ => $"the text {Evidence.Quote(Value)} (in quotes)",
    };
}

/// <summary>A list.</summary>
internal sealed record YamlSequence(int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column)
{
    public override string Describe() => Items.Count == 0 ? "an empty list" : "a list";
}

/// <summary>Keys with values, in the order of the file, each key once.</summary>
internal sealed record YamlMapping(int Line, int Column, IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries) : YamlNode(Line, Column)
{
    public override string Describe() => Entries.Count == 0
        ? "an empty block"
        : $"a block with {string.Join(", ", Entries.Take(5).Select(entry => entry.Key.Value))}";
}
