using System.Globalization;

namespace LeadPredict.Funnel.Leads;

/// <summary>What kind of value an attribute or a touch property holds.</summary>
public enum AttributeKind
{
    /// <summary>Nothing: never set, or cleared. This is the kind of <c>default</c>.</summary>
    Missing = 0,

    /// <summary>Text, never null.</summary>
    Text = 1,

    /// <summary>A finite number.</summary>
    Number = 2,

    /// <summary>True or false.</summary>
    Boolean = 3,
}

/// <summary>Text, a finite number, a boolean, or missing. Immutable; <c>default</c> is missing.</summary>
public readonly record struct AttributeValue
{
    private readonly string? _text;
    private readonly double _number;

    private AttributeValue(AttributeKind kind, string? text, double number)
    {
        Kind = kind;
        _text = text;
        _number = number;
    }

    /// <summary>Which of the four it is.</summary>
    public AttributeKind Kind { get; }

    /// <summary>The missing value.</summary>
    public static AttributeValue Missing => default;

    /// <summary>Whether nothing is held.</summary>
    public bool IsMissing => Kind == AttributeKind.Missing;

    /// <summary>The text, or null when this is not text.</summary>
    public string? Text => _text;

    /// <summary>The number (1 and 0 for booleans), or NaN when there is none.</summary>
    public double Number => Kind is AttributeKind.Number or AttributeKind.Boolean ? _number : double.NaN;

    /// <summary>The boolean, or null when this is not one.</summary>
    public bool? Boolean => Kind == AttributeKind.Boolean ? _number != 0 : null;

    /// <summary>A text value.</summary>
    public static AttributeValue Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(AttributeKind.Text, text, 0);
    }

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or infinite.</exception>
    public static AttributeValue Of(double number) => double.IsFinite(number)
        ? new(AttributeKind.Number, null, number + 0.0) // of the two zeros databases keep the one or the other
        : throw new ArgumentOutOfRangeException(nameof(number), number, "expected a finite number");

    /// <summary>A boolean.</summary>
    public static AttributeValue Of(bool value) => new(AttributeKind.Boolean, null, value ? 1 : 0);

    /// <summary>The value as text in the invariant culture; empty when missing.</summary>
    public override string ToString() => Kind switch
    {
        AttributeKind.Text => _text!,
        AttributeKind.Number => _number.ToString("R", CultureInfo.InvariantCulture),
        AttributeKind.Boolean => _number != 0 ? "true" : "false",
        _ => "",
    };
}
