using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace LeadPredict.Artifacts.Format;

/// <summary>A value in a JSON file together with where it stands, read strictly: any surprise is refused with file and pointer.</summary>
internal readonly struct JsonPlace
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = FormatLimits.Depth, AllowDuplicateProperties = false };

    private readonly JsonElement _element;

    private JsonPlace(string file, string pointer, JsonElement element)
    {
        File = file;
        Pointer = pointer;
        _element = element;
    }

    public string File { get; }

    public string Pointer { get; }

    public bool IsNull => _element.ValueKind == JsonValueKind.Null;

    public bool IsObject => _element.ValueKind == JsonValueKind.Object;

    /// <summary>Parses a whole file.</summary>
    public static JsonPlace Parse(string file, ReadOnlyMemory<byte> bytes)
    {
        if (!Utf8.IsValid(bytes.Span))
        {
            throw new ModelFormatException(file, "", "bytes that are no UTF-8", "JSON in UTF-8");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, Options);
            return new(file, "", document.RootElement.Clone());
        }
        catch (JsonException fault)
        {
            string place = fault.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, byte {fault.BytePositionInLine + 1}")
                : "";
            throw new ModelFormatException(file, place, "no readable JSON", "one JSON object without repeated names", fault);
        }
    }

    /// <summary>Checks that this is an object with exactly these members.</summary>
    public JsonPlace Object(params ReadOnlySpan<string> members)
    {
        Require(JsonValueKind.Object, "an object");
        int known = 0;
        foreach (JsonProperty property in _element.EnumerateObject())
        {
            if (!IsOneOf(property, members))
            {
                throw Fault("another member", $"only {string.Join(", ", members.ToArray())}");
            }

            known++;
        }

        if (known != members.Length)
        {
            foreach (string member in members)
            {
                if (!_element.TryGetProperty(member, out _))
                {
                    throw Fault($"no member '{member}'", $"all of {string.Join(", ", members.ToArray())}");
                }
            }
        }

        return this;
    }

    public JsonPlace Member(string name) => new(File, Pointer + "/" + name, _element.GetProperty(name));

    /// <summary>The member's value, or null when it is null or absent.</summary>
    public JsonPlace? Optional(string name)
    {
        Require(JsonValueKind.Object, "an object");
        return _element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? new JsonPlace(File, Pointer + "/" + name, value)
            : null;
    }

    public bool Has(string name) => IsObject && _element.TryGetProperty(name, out _);

    public IReadOnlyList<JsonPlace> Items(int most)
    {
        int count = Count(most);
        var items = new List<JsonPlace>(count);
        foreach (JsonElement element in _element.EnumerateArray())
        {
            items.Add(new(File, $"{Pointer}/{items.Count}", element));
        }

        return items;
    }

    public string Text()
    {
        Require(JsonValueKind.String, "text");
        try
        {
            return _element.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            throw new ModelFormatException(File, Pointer, "text that is no Unicode", "Unicode text", fault);
        }
    }

    public T Word<T>()
        where T : struct, Enum
    {
        string text = Text();
        return Enum.GetNames<T>().Contains(text, StringComparer.Ordinal)
            ? Enum.Parse<T>(text)
            : throw Fault($"'{text}'", $"one of {string.Join(", ", Enum.GetNames<T>())}");
    }

    public int Integer() => _element.ValueKind == JsonValueKind.Number && _element.TryGetInt32(out int value)
        ? value
        : throw Fault(Found(), "a whole number of 32 bits");

    public long LongInteger() => _element.ValueKind == JsonValueKind.Number && _element.TryGetInt64(out long value)
        ? value
        : throw Fault(Found(), "a whole number of 64 bits");

    public double Number() => _element.ValueKind == JsonValueKind.Number && _element.TryGetDouble(out double value) && double.IsFinite(value)
        ? value
        : throw Fault(Found(), "a finite number");

    public ImmutableArray<int> Integers() => Array<int>(FormatLimits.Elements, element => element.TryGetInt32(out int value) ? value : null, "a whole number of 32 bits");

    public ImmutableArray<uint> Words() => Array<uint>(FormatLimits.Elements, element => element.TryGetUInt32(out uint value) ? value : null, "32 bits as a whole number");

    public ImmutableArray<double> Numbers() => Array<double>(
        FormatLimits.Elements, element => element.TryGetDouble(out double value) && double.IsFinite(value) ? value : null, "a finite number");

    public ImmutableArray<float> Singles() => Array<float>(
        FormatLimits.Elements, element => element.TryGetSingle(out float value) && float.IsFinite(value) ? value : null, "a finite number of 32 bits");

    /// <summary>An array of finite numbers of 32 bits, with null for those that are not known: they become NaN.</summary>
    public ImmutableArray<float> SinglesWhereKnown()
    {
        var values = ImmutableArray.CreateBuilder<float>(Count(FormatLimits.Elements));
        foreach (JsonElement element in _element.EnumerateArray())
        {
            values.Add(element.ValueKind == JsonValueKind.Null ? float.NaN
                : element.ValueKind == JsonValueKind.Number && element.TryGetSingle(out float value) && float.IsFinite(value) ? value
                : throw new ModelFormatException(File, $"{Pointer}/{values.Count}", element.GetRawText(), "a finite number of 32 bits, or null"));
        }

        return values.MoveToImmutable();
    }

    /// <summary>An array of 0 and 1.</summary>
    public ImmutableArray<bool> Bits() => Array<bool>(
        FormatLimits.Elements, element => element.TryGetInt32(out int value) && value is 0 or 1 ? value == 1 : null, "0 or 1");

    public ModelFormatException Fault(string found, string expected) => new(File, Pointer, found, expected);

    private ImmutableArray<T> Array<T>(int most, Func<JsonElement, T?> read, string expected)
        where T : struct
    {
        var values = ImmutableArray.CreateBuilder<T>(Count(most));
        foreach (JsonElement element in _element.EnumerateArray())
        {
            T? value = element.ValueKind == JsonValueKind.Number ? read(element) : null;
            values.Add(value ?? throw new ModelFormatException(
                File, $"{Pointer}/{values.Count}", element.ValueKind == JsonValueKind.Number ? element.GetRawText() : element.ValueKind.ToString(), expected));
        }

        return values.MoveToImmutable();
    }

    /// <summary>A name may be no text at all, which its comparison survives and its reading would not.</summary>
    private static bool IsOneOf(JsonProperty property, ReadOnlySpan<string> members)
    {
        foreach (string member in members)
        {
            if (property.NameEquals(member))
            {
                return true;
            }
        }

        return false;
    }

    private int Count(int most)
    {
        Require(JsonValueKind.Array, "an array");
        int count = _element.GetArrayLength();
        return count <= most ? count : throw Fault($"{count} elements", $"at most {most}");
    }

    private void Require(JsonValueKind kind, string expected)
    {
        if (_element.ValueKind != kind)
        {
            throw Fault(Found(), expected);
        }
    }

    private string Found() => _element.ValueKind switch
    {
        JsonValueKind.Number => _element.GetRawText() is { Length: <= 40 } text ? text : "a long number",
        JsonValueKind.String => "text",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind kind => kind.ToString().ToLowerInvariant(),
    };
}
