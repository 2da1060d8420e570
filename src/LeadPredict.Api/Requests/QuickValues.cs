using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Requests;

/// <summary>The values of <see cref="QuickScoreReader"/>. Each takes the next one; false leaves the request to the other reader.</summary>
internal static class QuickValues
{
    private const int MostMembers = 32;

    [ThreadStatic]
    private static KeyValuePair<string, AttributeValue>[]? _room;

    /// <summary>Names as <see cref="JsonCursor.Member"/> looks for them, in the order in which they are mostly sent.</summary>
    public static byte[][] Members(params string[] names) => [.. names.Select(name => Encoding.ASCII.GetBytes($"\"{name}\":"))];

    public static bool Text(ref JsonCursor json, int most, out string? text) => Any(ref json, out text) && text!.Length > 0 && text.Length <= most;

    public static bool Instant(ref JsonCursor json, out DateTimeOffset? instant)
    {
        bool read = Instant(ref json, out DateTimeOffset value);
        instant = value;
        return read;
    }

    public static bool Instant(ref JsonCursor json, out DateTimeOffset instant)
    {
        instant = default;
        if (json.Next() != '"')
        {
            return json.Whole(out long number) && InstantText.TryRead(number, out instant);
        }

        if (!json.Text(out ReadOnlySpan<byte> utf8, out bool escaped) || escaped || utf8.Length > 40)
        {
            return false;
        }

        if (InstantText.TryReadUsual(utf8, out instant))
        {
            return true;
        }

        Span<char> text = stackalloc char[40];
        return Ascii.ToUtf16(utf8, text, out int length) == OperationStatus.Done && InstantText.TryRead(text[..length], out instant);
    }

    /// <summary>An object of texts, numbers and booleans, no name twice.</summary>
    public static bool Members(ref JsonCursor json, out KeyValuePair<string, AttributeValue>[] members)
    {
        members = [];
        if (!json.Begin('{', '}', out bool more))
        {
            return false;
        }

        // Used again and again: clearing room for so many members costs more than reading the few that come.
        KeyValuePair<string, AttributeValue>[] found = _room ??= new KeyValuePair<string, AttributeValue>[MostMembers];
        int count = 0;
        while (more)
        {
            if (count == MostMembers || !json.Name(out ReadOnlySpan<byte> utf8) || Shared(utf8) is not { Length: > 0 and <= RequestLimits.NameLength } name
                || Has(found.AsSpan(0, count), name) || !Value(ref json, out AttributeValue value) || !json.Go('}', out more))
            {
                return false;
            }

            found[count++] = new(name, value);
        }

        members = found[..count];
        Array.Clear(found, 0, count);
        return true;
    }

    /// <summary>Whether a member comes for the first time.</summary>
    public static bool Once(ref int seen, int member)
    {
        bool first = (seen & (1 << member)) == 0;
        seen |= 1 << member;
        return first;
    }

    /// <summary>A text, number, boolean or null.</summary>
    public static bool Value(ref JsonCursor json, out AttributeValue value)
    {
        value = AttributeValue.Missing;
        switch (json.Next())
        {
            case (byte)'"':
                if (!Any(ref json, out string? text) || text!.Length > RequestLimits.TextLength)
                {
                    return false;
                }

                value = text.Length > 0 ? AttributeValue.Of(text) : value;
                return true;
            case (byte)'n':
                return json.Word("null"u8);
            case (byte)'t':
                value = AttributeValue.Of(true);
                return json.Word("true"u8);
            case (byte)'f':
                value = AttributeValue.Of(false);
                return json.Word("false"u8);
            default:
                bool read = json.Number(out double number);
                value = read ? AttributeValue.Of(number) : value;
                return read;
        }
    }

    private static bool Any(ref JsonCursor json, out string? text)
    {
        text = !json.Text(out ReadOnlySpan<byte> inside, out bool escaped) ? null : escaped ? Unescaped(inside) : Shared(inside);
        return text is not null;
    }

    private static string? Shared(ReadOnlySpan<byte> utf8) => utf8.Length == 0 ? ""
        : SharedTexts.Of(utf8) ?? (Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : null);

    /// <summary>Null where it holds a NUL or is none.</summary>
    private static string? Unescaped(ReadOnlySpan<byte> inside)
    {
        byte[] quoted = ArrayPool<byte>.Shared.Rent(inside.Length + 2);
        quoted[0] = quoted[inside.Length + 1] = (byte)'"';
        inside.CopyTo(quoted.AsSpan(1));
        var json = new Utf8JsonReader(quoted.AsSpan(0, inside.Length + 2));
        string? text = json.Read() ? json.GetString() : null;
        ArrayPool<byte>.Shared.Return(quoted);
        return text is null || text.Contains('\0', StringComparison.Ordinal) ? null : text;
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
