using System.Text.Json;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Requests;

/// <content>Values that have no members.</content>
internal readonly partial struct JsonField
{
    /// <summary>Stands in for text that could not be read.</summary>
    public const string NotRead = "?";

    public DateTimeOffset Instant()
    {
        DateTimeOffset instant = default;
        bool read = Element.ValueKind switch
        {
            JsonValueKind.Number => Element.TryGetInt64(out long number) && InstantText.TryRead(number, out instant),
            JsonValueKind.String => TryText(out string? text) && InstantText.TryRead(text, out instant),
            _ => false,
        };
        if (!read)
        {
            Fault(Found(), InstantText.Expected);
            return DateTimeOffset.UnixEpoch;
        }

        return instant;
    }

    /// <summary>Text without NUL and lone surrogates, 1 to <paramref name="most"/> characters.</summary>
    public string Text(int most)
    {
        if (Element.ValueKind != JsonValueKind.String)
        {
            Fault(Found(), "text");
        }
        else if (!TryText(out string? text))
        {
            Fault("text with half of a surrogate pair", "Unicode text");
        }
        else if (text.Contains('\0', StringComparison.Ordinal))
        {
            Fault("text with a NUL character", "text without it");
        }
        else if (text.Length == 0 || text.Length > most)
        {
            Fault($"text of {text.Length} characters", $"1 to {most} characters");
        }
        else
        {
            return text;
        }

        return NotRead;
    }

    /// <summary>Text of any kind, or null where there is none.</summary>
    public string? TextIfAny() => Element.ValueKind == JsonValueKind.String && TryText(out string? text) ? text : null;

    public T Word<T>()
        where T : struct, Enum
    {
        if (Element.ValueKind == JsonValueKind.String && TryText(out string? text) && Enum.GetNames<T>().Contains(text, StringComparer.Ordinal))
        {
            return Enum.Parse<T>(text);
        }

        Fault(Found(), $"one of {string.Join(", ", Enum.GetNames<T>())}");
        return default;
    }

    /// <summary>Text that is one of some words, or null when it is another.</summary>
    public string? OneOf(params ReadOnlySpan<string> words)
    {
        if (Element.ValueKind == JsonValueKind.String && TryText(out string? text) && words.Contains(text))
        {
            return text;
        }

        Fault(Found(), words.Length == 1 ? words[0] : $"one of {string.Join(", ", words.ToArray())}");
        return null;
    }

    public bool Boolean()
    {
        if (Element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fault(Found(), "true or false");
        }

        return Element.ValueKind == JsonValueKind.True;
    }

    /// <summary>An amount of money.</summary>
    public decimal Decimal()
    {
        if (Element.ValueKind == JsonValueKind.Number && Element.TryGetDecimal(out decimal value) && Math.Abs(value) <= Outcome.LargestAmount)
        {
            return value;
        }

        Fault(Found(), Element.ValueKind == JsonValueKind.Number ? $"an amount of at most {Outcome.LargestAmount:0}, of either sign" : "a number");
        return 0;
    }

    public int Integer(int least)
    {
        if (Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out int value) && value >= least)
        {
            return value;
        }

        Fault(Found(), $"a whole number from {least}");
        return least;
    }

    /// <summary>Text, a finite number, a boolean, or null for missing. Empty text is missing.</summary>
    public AttributeValue Value()
    {
        switch (Element.ValueKind)
        {
            case JsonValueKind.Null:
                return AttributeValue.Missing;
            case JsonValueKind.True or JsonValueKind.False:
                return AttributeValue.Of(Element.ValueKind == JsonValueKind.True);
            case JsonValueKind.Number when Element.TryGetDouble(out double number) && double.IsFinite(number):
                return AttributeValue.Of(number);
            case JsonValueKind.String:
                return Element.ValueEquals(ReadOnlySpan<byte>.Empty) ? AttributeValue.Missing : AttributeValue.Of(Text(RequestLimits.TextLength));
            default:
                Fault(Found(), "text, a finite number, true, false or null");
                return AttributeValue.Missing;
        }
    }
}
