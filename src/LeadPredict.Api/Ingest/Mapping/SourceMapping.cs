using System.Globalization;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Api.Ingest.Mapping;

/// <summary>What a field of a source becomes.</summary>
/// <param name="Name">The attribute's name, or null to leave it out.</param>
/// <param name="Type"><c>text</c> as it comes, <c>number</c> or <c>boolean</c>.</param>
internal sealed record MappedField(string? Name, string Type = "text");

/// <summary>What the events, fields and stages of one source mean. Names compare without case.</summary>
internal sealed record SourceMapping
{
    private static readonly string[] Yes = ["true", "yes", "y", "on", "1"];
    private static readonly string[] No = ["false", "no", "n", "off", "0"];
    private static readonly string ExpectedBoolean = $"{string.Join(", ", Yes)} or {string.Join(", ", No)}";

    /// <summary>Put before each of the source's lead identifiers, so that two sources that count from 1 do not meet; empty unless set.</summary>
    public string LeadIdPrefix { get; init; } = "";

    /// <summary>Touch types by the source's event; null leaves the event out.</summary>
    public IReadOnlyDictionary<string, string?> Touches { get; init; } = Empty<string?>();

    /// <summary>Whether events that are not named are touches under their own name, or left out.</summary>
    public bool KeepOtherTouches { get; init; } = true;

    /// <summary>Attributes by the source's field.</summary>
    public IReadOnlyDictionary<string, MappedField> Attributes { get; init; } = Empty<MappedField>();

    /// <summary>Whether fields that are not named are attributes under their own name, or left out.</summary>
    public bool KeepOtherAttributes { get; init; } = true;

    /// <summary>Stages by field and value; null tells no stage.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Stage?>> Stages { get; init; } = Empty<IReadOnlyDictionary<string, Stage?>>();

    /// <summary>Names of numbered event types, where the source sends numbers.</summary>
    public IReadOnlyDictionary<string, string?> Types { get; init; } = Empty<string?>();

    /// <summary>Fields that are entered when a lead is made and hold from then on; others of a lead's present state hold from when it was read.</summary>
    public IReadOnlyDictionary<string, string?> KnownAtCreation { get; init; } = Empty<string?>();

    /// <summary>The touch type of an event, or null when it is left out.</summary>
    public string? TouchType(string foreign) =>
        Touches.TryGetValue(foreign, out string? type) ? type : KeepOtherTouches ? TouchTypes.Of(foreign) : null;

    /// <summary>The attribute that a field becomes, or null when it is left out.</summary>
    public MappedField? Attribute(string foreign) => Attributes.TryGetValue(foreign, out MappedField? field)
        ? field.Name is null ? null : field
        : KeepOtherAttributes ? new(foreign) : null;

    /// <summary>A value as the mapping says that it is to be read, or null with what is expected where it is text that is none.</summary>
    public static AttributeValue? Read(AttributeValue value, string type, out string expected)
    {
        expected = type == "number" ? "a number such as 1250000.5 or 1.25E6" : ExpectedBoolean;
        if (value.Text is not { } text || type == "text")
        {
            return value;
        }

        return type switch
        {
            "number" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) => AttributeValue.Of(number),
            "boolean" when Yes.Contains(text, StringComparer.OrdinalIgnoreCase) => AttributeValue.Of(true),
            "boolean" when No.Contains(text, StringComparer.OrdinalIgnoreCase) => AttributeValue.Of(false),
            _ => null,
        };
    }

    private static Dictionary<string, T> Empty<T>() => new(StringComparer.OrdinalIgnoreCase);
}
