using System.Globalization;
using LeadPredict.Funnel.Leads;
using LeadPredict.Scorecard.Rules;

namespace LeadPredict.Scorecard.Reading;

/// <summary>Reads single values; every method tells the fault and returns null when the node is not what it should be.</summary>
internal sealed class ValueReader(FaultList faults)
{
    /// <summary>Where faults go.</summary>
    public FaultList Faults => faults;

    /// <summary>A block.</summary>
    public MappingReader? Block(YamlNode? node, string what)
    {
        if (node is YamlMapping mapping)
        {
            return new(mapping, what, faults);
        }

        return node is null ? null : Fault<MappingReader>(node, $"a block of keys for {what}");
    }

    /// <summary>The items of a list, at least one.</summary>
    public IReadOnlyList<YamlNode> List(YamlNode? node, string what)
    {
        if (node is YamlSequence { Items.Count: > 0 } list)
        {
            return list.Items;
        }

        if (node is not null)
        {
            faults.Add(node, node.Describe(), $"a list of {what}");
        }

        return [];
    }

    /// <summary>Text that is not blank.</summary>
    public string? Text(YamlNode? node, string what) => node switch
    {
        null => null,
        YamlScalar { IsEmpty: false } scalar when !string.IsNullOrWhiteSpace(scalar.Value) => scalar.Value.Trim(),
        _ => Fault<string>(node, what),
    };

    /// <summary>One text or a list of texts; empty texts only where <paramref name="blanks"/> allows them.</summary>
    public IReadOnlyList<string> Texts(YamlNode? node, string what, bool blanks = false)
    {
        IReadOnlyList<YamlNode> items = node is YamlScalar ? [node] : List(node, what);
        List<string> texts = [];
        foreach (YamlNode item in items)
        {
            string? text = blanks && item is YamlScalar { IsPlain: false } quoted ? quoted.Value.Trim() : Text(item, what);
            if (text is not null && texts.Contains(text, StringComparer.OrdinalIgnoreCase))
            {
                faults.Warn(item, $"{text} twice in one list", "counted once");
            }
            else if (text is not null)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>A value to compare with: unquoted numbers are numbers, unquoted true and false are booleans, all else is text.</summary>
    public AttributeValue? Value(YamlNode node)
    {
        if (node is not YamlScalar { IsEmpty: false } scalar || string.IsNullOrWhiteSpace(scalar.Value))
        {
            faults.Add(node, node.Describe(), "a text, a number, true or false (for what is not known use missing: true)");
            return null;
        }

        return scalar switch
        {
            { IsPlain: true, Value: "true" or "false" } => AttributeValue.Of(scalar.Value == "true"),
            { IsPlain: true } when Parse(scalar) is { } number && double.IsFinite(number) => AttributeValue.Of(number),
            _ => AttributeValue.Of(scalar.Value.Trim()),
        };
    }

    /// <summary>A finite number with both ends of the range allowed.</summary>
    public double? Number(YamlNode? node, string what, double min, double max)
    {
        if (node is null)
        {
            return null;
        }

        if (node is YamlScalar { IsPlain: true } scalar && Parse(scalar) is { } number && number >= min && number <= max)
        {
            return number;
        }

        string range = $"{min.ToString(CultureInfo.InvariantCulture)} to {max.ToString(CultureInfo.InvariantCulture)}";
        faults.Add(node, node.Describe(), $"{what}: a number from {range}, without quotes");
        return null;
    }

    /// <summary>A whole number with both ends of the range allowed.</summary>
    public int? Whole(YamlNode? node, string what, int min, int max)
    {
        double? number = Number(node, what, min, max);
        if (number is { } found && found != Math.Floor(found))
        {
            faults.Add(node!, node!.Describe(), $"{what}: a whole number");
            return null;
        }

        return (int?)number;
    }

    /// <summary>Points: a number in eighths.</summary>
    public double? Points(YamlNode? node, string what, double min = -PointScale.Largest)
    {
        double? number = Number(node, what, min, PointScale.Largest);
        if (number is { } found && !PointScale.IsExact(found))
        {
            string near = PointScale.Round(found).ToString(CultureInfo.InvariantCulture);
            faults.Add(node!, node!.Describe(), $"{what} in eighths of a point, for example {near}");
            return null;
        }

        return number;
    }

    /// <summary>A positive number of days.</summary>
    public double? Days(YamlNode? node, string what) => Number(node, $"{what} in days", 0.01, 3650);

    /// <summary>Yes or no: true, yes, on; false, no, off.</summary>
    public bool? Truth(YamlNode? node, string what) => node switch
    {
        null => null,
        YamlScalar { IsPlain: true, Value: "true" or "yes" or "on" } => true,
        YamlScalar { IsPlain: true, Value: "false" or "no" or "off" } => false,
        _ => Fault<object>(node, $"{what}: true or false") as bool?,
    };

    /// <summary>Tells a fault and gives null.</summary>
    public T? Fault<T>(YamlNode node, string expected)
        where T : class
    {
        faults.Add(node, node.Describe(), expected);
        return null;
    }

    private static double? Parse(YamlScalar scalar) =>
        double.TryParse(scalar.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out double number) ? number : null;
}
