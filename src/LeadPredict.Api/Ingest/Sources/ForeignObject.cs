using System.Globalization;
using System.Text.Json;
using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>An object as a foreign sender shapes it: any member may be missing, null or empty, and numbers may stand as text.</summary>
internal sealed class ForeignObject
{
    private const int MostMembers = 2_000;
    private readonly Dictionary<string, JsonField> _members;

    public ForeignObject(JsonField field)
    {
        Field = field;
        _members = field.AnyMembers(StringComparer.Ordinal, MostMembers);
    }

    public JsonField Field { get; }

    /// <summary>The members by name, in the sender's order.</summary>
    public IEnumerable<KeyValuePair<string, JsonField>> Members => _members;

    public bool Has(string name) => _members.TryGetValue(name, out JsonField field) && !field.IsNull;

    public JsonField? Find(string name) => Has(name) ? _members[name] : null;

    /// <summary>Text, or a number or boolean as text; null when missing or empty.</summary>
    public string? Text(string name, int most = RequestLimits.NameLength) => Find(name) is { } field ? Text(field, most) : null;

    /// <summary>The text of a lead's field; null also where it is blank, or a word that an import takes for missing.</summary>
    public string? KnownText(string name) => Text(name) is { } text && !MissingText.Is(text) ? text : null;

    /// <summary>The value of a lead's field; missing when the member is, or says so by a word that an import takes for missing.</summary>
    public AttributeValue Known(string name) => Find(name) is { } field ? Known(field.Value()) : AttributeValue.Missing;

    /// <summary>The same of one that was read.</summary>
    public static AttributeValue Known(AttributeValue value) => value.Text is { } text && MissingText.Is(text) ? AttributeValue.Missing : value;

    /// <summary>The texts of an array; none when it is missing.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. Items(name).Select(item => Text(item, RequestLimits.NameLength)).OfType<string>()];

    private static string? Text(JsonField field, int most)
    {
        AttributeValue value = field.Value();
        if (value.Text?.Length > most)
        {
            field.Fault($"text of {value.Text.Length} characters", $"at most {most} characters");
            return null;
        }

        // A number keeps the digits that it was written with: identifiers may be longer than a double holds.
        return value.IsMissing ? null : field.Element.ValueKind == JsonValueKind.Number ? field.Element.GetRawText() : value.ToString();
    }

    /// <summary>The same; a fault when it is missing.</summary>
    public string Need(string name)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        Field.Fault($"no {name}", $"a member {name}");
        return JsonField.NotRead;
    }

    /// <summary>A time in any shape that is known, epoch milliseconds and days in digits as text too; null when missing.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Find(name) is not { } field || (field.Element.ValueKind == JsonValueKind.String && field.Element.ValueEquals(ReadOnlySpan<byte>.Empty)))
        {
            return null;
        }

        return field.Element.ValueKind == JsonValueKind.String
            && long.TryParse(field.Element.GetRawText().AsSpan(1).TrimEnd('"'), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && InstantText.TryRead(number, out DateTimeOffset instant)
                ? instant
                : field.Instant();
    }

    /// <summary>The same; a fault when it is missing.</summary>
    public DateTimeOffset NeedInstant(string name)
    {
        if (Instant(name) is { } instant)
        {
            return instant;
        }

        if (!Has(name))
        {
            Field.Fault($"no {name}", $"a member {name}");
        }

        return DateTimeOffset.UnixEpoch;
    }

    /// <summary>An object; null when it is missing, or is an array, as PHP writes empty objects.</summary>
    public ForeignObject? Object(string name) => Find(name) is { Element.ValueKind: JsonValueKind.Object } field ? new(field) : null;

    /// <summary>The elements of an array; a lone object stands for an array of one, and a missing one for none.</summary>
    public IReadOnlyList<JsonField> Items(string name) => Find(name) switch
    {
        null => [],
        { Element.ValueKind: JsonValueKind.Object } one => [one],
        { } array => array.Items(RequestLimits.Items),
    };

    /// <summary>Everything in the object by dotted names: <c>company.industry</c>. Arrays become one text, joined by <c>;</c>.</summary>
    public static void Flatten(JsonField field, string name, IDictionary<string, AttributeValue> values)
    {
        switch (field.Element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach ((string member, JsonField value) in new ForeignObject(field).Members)
                {
                    Flatten(value, name.Length == 0 ? member : $"{name}.{member}", values);
                }

                break;
            case JsonValueKind.Array:
                string text = string.Join(';', field.Items(RequestLimits.Attributes).Select(item =>
                    item.Element.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? item.Element.GetRawText() : item.Value().ToString()));
                Add(field, name, text.Length == 0 ? AttributeValue.Missing : AttributeValue.Of(Fitting(field, text)), values);
                break;
            default:
                Add(field, name, field.Value(), values);
                break;
        }
    }

    private static string Fitting(JsonField field, string text)
    {
        // What stands inside objects of an array was not looked at one by one.
        if (text.Length > RequestLimits.TextLength || text.Contains("\\u", StringComparison.Ordinal))
        {
            field.Fault("a list that does not fit into one text", $"at most {RequestLimits.TextLength} characters without escapes");
            return JsonField.NotRead;
        }

        return text;
    }

    private static void Add(JsonField field, string name, AttributeValue value, IDictionary<string, AttributeValue> values)
    {
        if (name.Length > RequestLimits.NameLength || values.Count >= RequestLimits.Attributes)
        {
            field.Fault("more than can be kept", $"at most {RequestLimits.Attributes} values with names of at most {RequestLimits.NameLength} characters");
        }
        else if (!value.IsMissing)
        {
            values[name] = value;
        }
    }
}
