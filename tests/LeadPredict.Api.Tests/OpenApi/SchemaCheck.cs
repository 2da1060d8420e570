using System.Globalization;
using System.Text.Json;

namespace LeadPredict.Api.Tests.OpenApi;

/// <summary>
/// Holds JSON against schemas of a document: JSON Schema 2020-12 as far as the document uses it; a keyword that is not known here is a fault too. Stricter in
/// one thing: an object whose members are listed has no others.
/// </summary>
internal sealed class SchemaCheck(JsonElement document)
{
    private static readonly string[] Spoken = ["description", "$ref", "enum", "type", "format", "properties", "required", "additionalProperties", "items", "anyOf", "oneOf"];

    /// <summary>What is wrong with a value, each fault with its place; empty when it is valid.</summary>
    public IReadOnlyList<string> Faults(JsonElement schema, JsonElement value, string at = "")
    {
        var faults = new List<string>();
        foreach (string unknown in schema.EnumerateObject().Select(keyword => keyword.Name).Except(Spoken))
        {
            faults.Add($"{at}: the keyword {unknown} is not checked");
        }

        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            faults.AddRange(Faults(Resolve(reference.GetString()!), value, at));
        }

        if (schema.TryGetProperty("enum", out JsonElement words) && !words.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)))
        {
            faults.Add($"{at}: {value.GetRawText()} is none of {words.GetRawText()}");
        }

        if (schema.TryGetProperty("type", out JsonElement type) && !Types(type).Any(name => Is(name, value)))
        {
            faults.Add($"{at}: {value.GetRawText()} is no {type.GetRawText()}");
        }

        if (schema.TryGetProperty("format", out JsonElement format) && format.ValueEquals("date-time") && value.ValueKind == JsonValueKind.String
            && !DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _))
        {
            faults.Add($"{at}: {value.GetRawText()} is no instant");
        }

        Choose(schema, "anyOf", value, at, valid => valid > 0, faults);
        Choose(schema, "oneOf", value, at, valid => valid == 1, faults);
        if (value.ValueKind == JsonValueKind.Object)
        {
            Members(schema, value, at, faults);
        }
        else if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out JsonElement items))
        {
            faults.AddRange(value.EnumerateArray().SelectMany((item, i) => Faults(items, item, $"{at}/{i}")));
        }

        return faults;
    }

    private void Choose(JsonElement schema, string keyword, JsonElement value, string at, Func<int, bool> enough, List<string> faults)
    {
        if (schema.TryGetProperty(keyword, out JsonElement forms))
        {
            IReadOnlyList<string>[] each = [.. forms.EnumerateArray().Select(form => Faults(form, value, at))];
            if (!enough(each.Count(one => one.Count == 0)))
            {
                faults.Add($"{at}: {each.Count(one => one.Count == 0)} of {keyword} are valid: {string.Join(" | ", each.SelectMany(one => one))}");
            }
        }
    }

    private void Members(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        if (schema.TryGetProperty("required", out JsonElement required))
        {
            faults.AddRange(required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at}: no {name.GetString()}"));
        }

        bool listed = schema.TryGetProperty("properties", out JsonElement properties);
        bool free = schema.TryGetProperty("additionalProperties", out JsonElement others);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (listed && properties.TryGetProperty(member.Name, out JsonElement known))
            {
                faults.AddRange(Faults(known, member.Value, $"{at}/{member.Name}"));
            }
            else if (free && others.ValueKind == JsonValueKind.Object)
            {
                faults.AddRange(Faults(others, member.Value, $"{at}/{member.Name}"));
            }
            else if (listed || (free && others.ValueKind == JsonValueKind.False))
            {
                faults.Add($"{at}: {member.Name} is not in the document");
            }
        }
    }

    private JsonElement Resolve(string reference) =>
        reference[2..].Split('/').Aggregate(document, (element, name) => element.GetProperty(name));

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    private static bool Is(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };
}
