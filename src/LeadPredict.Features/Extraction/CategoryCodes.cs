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

        return _codes.TryGetValue(text, out float code) || _codes.TryGetValue(text.Trim(), out code)
            || (OtherForm(text.Trim()) is { } other && _codes.TryGetValue(other, out code)) ? code : 0;
    }

    /// <summary>How another program writes a whole number: <c>12.0</c> where it has gaps beside it, else <c>12</c>. Null for what is none.</summary>
    private static string? OtherForm(string text)
    {
        const string fraction = ".0";
        bool hasFraction = text.EndsWith(fraction, StringComparison.Ordinal);
        ReadOnlySpan<char> whole = hasFraction ? text.AsSpan(0, text.Length - fraction.Length) : text;
        return whole.TrimStart('-') is { Length: > 0 } digits && digits.Length >= whole.Length - 1 && !digits.ContainsAnyExceptInRange('0', '9')
            ? hasFraction ? whole.ToString() : text + fraction
            : null;
    }
}
