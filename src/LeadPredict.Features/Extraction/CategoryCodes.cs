using System.Collections.Frozen;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Extraction;

/// <summary>The codes of a category list. Immutable.</summary>
internal sealed class CategoryCodes
{
    private readonly FrozenDictionary<string, float> _codes;

    public CategoryCodes(IReadOnlyList<string> categories)
    {
        Dictionary<string, float> codes = new(StringComparer.OrdinalIgnoreCase);
        for (int code = 1; code < categories.Count; code++)
        {
            codes.TryAdd(categories[code], code);
        }

        _codes = codes.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The code, 0 for a value that is not listed, NaN for a missing or blank one.</summary>
    public float Read(AttributeValue value) => value.IsMissing ? float.NaN : Read(value.ToString());

    /// <inheritdoc cref="Read(AttributeValue)" />
    public float Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return float.NaN;
        }

        return _codes.TryGetValue(text, out float code) || _codes.TryGetValue(text.Trim(), out code) ? code : 0;
    }
}
