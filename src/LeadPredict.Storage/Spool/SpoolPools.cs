using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Rows;

namespace LeadPredict.Storage.Spool;

/// <summary>The texts of a spool that come again and again, those of each table apart: tables are read side by side.</summary>
internal sealed class SpoolPools
{
    private const int Most = 1 << 16;

    /// <summary>The leads, by their place in the order of the groups.</summary>
    public TextPool<string> Leads { get; } = new(int.MaxValue, text => text);

    /// <summary>Sources of leads.</summary>
    public TextPool<string> Sources { get; } = Texts();

    /// <summary>Types of touches.</summary>
    public TextPool<string> Types { get; } = Texts();

    /// <summary>Names of attributes.</summary>
    public TextPool<string> Attributes { get; } = Texts();

    /// <summary>Values of attributes.</summary>
    public TextPool<string> Values { get; } = Texts();

    /// <summary>The stages of transitions.</summary>
    public TextPool<Stage> Stages { get; } = new(Most, Enum.Parse<Stage>);

    /// <summary>Who decided on transitions, and why.</summary>
    public TextPool<string> Reasons { get; } = Texts();

    /// <summary>Currencies of outcomes.</summary>
    public TextPool<string> Currencies { get; } = Texts();

    /// <summary>Properties of touches, read once for all that have the same.</summary>
    public TextPool<IReadOnlyDictionary<string, AttributeValue>> Properties { get; } = new(Most, text => PropertiesJson.Read(text));

    private static TextPool<string> Texts() => new(Most, text => text);
}
