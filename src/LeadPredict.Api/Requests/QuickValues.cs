using System.Text.Json;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Requests;

/// <summary>The values of <see cref="QuickScoreReader"/>. Each reads the next token; false leaves the request to the other reader.</summary>
internal static class QuickValues
{
    private const int MostMembers = 32;

    [ThreadStatic]
    private static KeyValuePair<string, AttributeValue>[]? _room;

    public static bool Text(ref Utf8JsonReader json, int most, out string? text)
    {
        text = json.Read() && json.TokenType == JsonTokenType.String ? Shared(ref json) : null;
        return text is not null && text.Length > 0 && text.Length <= most && !text.Contains('\0', StringComparison.Ordinal);
    }

    public static bool Instant(ref Utf8JsonReader json, out DateTimeOffset? instant)
    {
        bool read = Instant(ref json, out DateTimeOffset value);
        instant = value;
        return read;
    }

    public static bool Instant(ref Utf8JsonReader json, out DateTimeOffset instant)
    {
        instant = default;
        if (!json.Read())
        {
            return false;
        }

        if (json.TokenType == JsonTokenType.Number)
        {
            return json.TryGetInt64(out long milliseconds) && InstantText.TryRead(milliseconds, out instant);
        }

        if (json.TokenType != JsonTokenType.String || json.HasValueSequence || json.ValueIsEscaped || json.ValueSpan.Length > 40)
        {
            return false;
        }

        Span<char> text = stackalloc char[40];
        return System.Text.Ascii.ToUtf16(json.ValueSpan, text, out int length) == System.Buffers.OperationStatus.Done && InstantText.TryRead(text[..length], out instant);
    }

    /// <summary>An object of texts, numbers and booleans, no name twice.</summary>
    public static bool Members(ref Utf8JsonReader json, out KeyValuePair<string, AttributeValue>[] members)
    {
        members = [];
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        // Used again and again: clearing room for so many members costs more than reading the few that come.
        KeyValuePair<string, AttributeValue>[] found = _room ??= new KeyValuePair<string, AttributeValue>[MostMembers];
        int count = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string? name = Shared(ref json);
            if (count == MostMembers || name is not { Length: > 0 and <= RequestLimits.NameLength } || name.Contains('\0', StringComparison.Ordinal)
                || Has(found.AsSpan(0, count), name) || !Value(ref json, out AttributeValue value))
            {
                return false;
            }

            found[count++] = new(name, value);
        }

        members = found[..count];
        Array.Clear(found, 0, count);
        return json.TokenType == JsonTokenType.EndObject;
    }

    private static bool Value(ref Utf8JsonReader json, out AttributeValue value)
    {
        value = AttributeValue.Missing;
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.True or JsonTokenType.False:
                value = AttributeValue.Of(json.TokenType == JsonTokenType.True);
                return true;
            case JsonTokenType.Number when json.TryGetDouble(out double number) && double.IsFinite(number):
                value = AttributeValue.Of(number);
                return true;
            case JsonTokenType.String:
                string? text = Shared(ref json);
                if (text is { Length: > 0 })
                {
                    value = AttributeValue.Of(text);
                }

                return text is { Length: <= RequestLimits.TextLength } && !text.Contains('\0', StringComparison.Ordinal);
            default:
                return false;
        }
    }

    private static string? Shared(ref Utf8JsonReader json) => json.ValueIsEscaped ? json.GetString() : SharedTexts.Of(json.ValueSpan) ?? json.GetString();

    /// <summary>Whether a member comes for the first time.</summary>
    public static bool Once(ref int seen, int member)
    {
        bool first = (seen & (1 << member)) == 0;
        seen |= 1 << member;
        return first;
    }

    private static bool Has(ReadOnlySpan<KeyValuePair<string, AttributeValue>> members, string name)
    {
        foreach (KeyValuePair<string, AttributeValue> member in members)
        {
            if (string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
