using System.Text.Json;

namespace LeadPredict.Api.Requests;

/// <summary>A value of a request with its pointer. Reading a wrong one notes a fault and returns a stand-in, so that all faults are found in one pass.</summary>
internal readonly partial struct JsonField(JsonElement element, string pointer, List<RequestFault> faults)
{
    public JsonElement Element { get; } = element;

    public string Pointer { get; } = pointer;

    /// <summary>Where its faults are noted.</summary>
    public List<RequestFault> Faults => faults;

    public bool IsNull => Element.ValueKind == JsonValueKind.Null;

    public bool IsObject => Element.ValueKind == JsonValueKind.Object;

    public bool IsEmptyArray => Element.ValueKind == JsonValueKind.Array && Element.GetArrayLength() == 0;

    /// <summary>The same value, its faults noted elsewhere.</summary>
    public JsonField With(List<RequestFault> other) => new(Element, Pointer, other);

    /// <summary>Looks for one member of an object, whatever the others are: a framework that looks for it itself fails at a name with half of a surrogate pair. Nothing is noted as a fault.</summary>
    public bool TryMember(string name, out JsonElement value)
    {
        value = default;
        bool found = false;
        foreach (JsonProperty property in IsObject ? Element.EnumerateObject() : default)
        {
            if (TextOf(property) == name)
            {
                (value, found) = (property.Value, true);
            }
        }

        return found;
    }

    /// <summary>The members of an object by name; unknown and repeated ones are faults. Null members count as absent.</summary>
    public Dictionary<string, JsonField> Members(params ReadOnlySpan<string> known)
    {
        Dictionary<string, JsonField> members = AnyMembers(StringComparer.Ordinal, known.Length + RequestLimits.Faults);
        foreach (string name in members.Keys.ToArray())
        {
            if (!known.Contains(name))
            {
                members[name].Fault("an unknown member", $"one of {string.Join(", ", known.ToArray())}");
                members.Remove(name);
            }
            else if (members[name].IsNull)
            {
                members.Remove(name);
            }
        }

        return members;
    }

    /// <summary>The members of an object whose names are free.</summary>
    public Dictionary<string, JsonField> AnyMembers(StringComparer names, int most)
    {
        var members = new Dictionary<string, JsonField>(names);
        if (!Require(JsonValueKind.Object, "an object"))
        {
            return members;
        }

        foreach (JsonProperty property in Element.EnumerateObject())
        {
            if (members.Count >= most)
            {
                Fault("more members", $"at most {most}");
                break;
            }

            if (NameOf(property) is not { } name)
            {
                Fault("a member name that is no Unicode text", "names without NUL, lone surrogates or more than 200 characters");
                continue;
            }

            JsonField field = new(property.Value, $"{Pointer}/{Escaped(name)}", faults);
            if (!members.TryAdd(name, field))
            {
                field.Fault("the same member again", "each member once");
            }
        }

        return members;
    }

    /// <summary>The members of an object whose names may be anything, also the same again: null for a name that is no Unicode text.</summary>
    public List<(string? Name, JsonField Value)> Columns(int most)
    {
        var members = new List<(string? Name, JsonField Value)>();
        if (!Require(JsonValueKind.Object, "an object"))
        {
            return members;
        }

        foreach (JsonProperty property in Element.EnumerateObject())
        {
            if (members.Count == most)
            {
                Fault("more members", $"at most {most}");
                break;
            }

            string? name = TextOf(property);
            members.Add((name, new(property.Value, $"{Pointer}/{Escaped(name ?? NotRead)}", faults)));
        }

        return members;
    }

    /// <summary>The elements of an array.</summary>
    public List<JsonField> Items(int most)
    {
        var items = new List<JsonField>();
        if (!Require(JsonValueKind.Array, "an array"))
        {
            return items;
        }

        int count = Element.GetArrayLength();
        if (count > most)
        {
            Fault($"{count} elements", $"at most {most}");
            return items;
        }

        foreach (JsonElement item in Element.EnumerateArray())
        {
            items.Add(new(item, $"{Pointer}/{items.Count}", faults));
        }

        return items;
    }

    public void Fault(string found, string expected)
    {
        if (faults.Count < RequestLimits.Faults)
        {
            faults.Add(new(Pointer, found, expected));
        }
    }

    public string Found()
    {
        switch (Element.ValueKind)
        {
            case JsonValueKind.String:
                return TryText(out string? text) ? $"'{ShownText.Of(text)}'" : "text with half of a surrogate pair";
            case JsonValueKind.Object:
                return "an object";
            case JsonValueKind.Array:
                return "an array";
            default:
                return ShownText.Of(Element.GetRawText());
        }
    }

    private static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string? NameOf(JsonProperty property) =>
        TextOf(property) is { Length: > 0 and <= RequestLimits.NameLength } name && !name.Contains('\0', StringComparison.Ordinal) ? name : null;

    private static string? TextOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private bool TryText([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text)
    {
        try
        {
            text = Element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape, is valid JSON but no text.
            text = null;
            return false;
        }
    }

    private bool Require(JsonValueKind kind, string expected)
    {
        if (Element.ValueKind != kind)
        {
            Fault(Found(), expected);
        }

        return Element.ValueKind == kind;
    }
}
