using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Rows;

namespace LeadPredict.Storage.Spool;

/// <summary>The texts of a spool that come again and again.</summary>
internal sealed class SpoolPools
{
    private const int Most = 1 << 16;

    /// <summary>The leads, by their place in the order of the groups.</summary>
    public TextPool<string> Leads { get; } = new(int.MaxValue, text => text);

    /// <summary>The stages of transitions.</summary>
    public TextPool<Stage> Stages { get; } = new(Most, Enum.Parse<Stage>);

    /// <summary>Touch types, names of attributes, sources, currencies.</summary>
    public TextPool<string> Names { get; } = new(Most, text => text);

    /// <summary>Values of attributes, actors, reasons.</summary>
    public TextPool<string> Values { get; } = new(Most, text => text);

    /// <summary>Properties of touches, read once for all that have the same.</summary>
    public TextPool<IReadOnlyDictionary<string, AttributeValue>> Properties { get; } = new(Most, text => PropertiesJson.Read(text));
}
