using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Profiles;

/// <summary>Something that a touch property says and that may be worth a count: a value, or a word inside an address.</summary>
internal sealed class PropertyMark(string property, string value, bool contains) : IEquatable<PropertyMark>
{
    /// <summary>Properties that hold the address of a page: there the word inside counts, not the whole.</summary>
    private static readonly string[] PageProperties = ["page", "url", "path"];

    private static readonly string[] PageWords = ["pricing", "demo", "contact", "trial", "customers", "case", "docs", "career", "jobs"];

    private readonly int _hash = HashCode.Combine(property, value, contains);

    /// <summary>The property, in lower case.</summary>
    public string Property { get; } = property;

    /// <summary>The value or word, in lower case.</summary>
    public string Value { get; } = value;

    /// <summary>Whether the property may merely contain it.</summary>
    public bool Contains { get; } = contains;

    /// <summary>What the properties of a touch say, in their order.</summary>
    public static PropertyMark[] Of(IReadOnlyDictionary<string, AttributeValue> properties)
    {
        var marks = new List<PropertyMark>();
        foreach ((string property, AttributeValue value) in properties)
        {
            // An address is of one person: a model must neither learn nor keep it.
            if (value.Kind is not (AttributeKind.Text or AttributeKind.Boolean) || value.ToString() is not { Length: > 0 and <= 200 } text
                || text.Contains('@', StringComparison.Ordinal))
            {
                continue;
            }

            string name = property.ToLowerInvariant();
            if (!PageProperties.Contains(name))
            {
                marks.Add(new(name, text.Trim().ToLowerInvariant(), false));
                continue;
            }

            marks.AddRange(PageWords.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(word => new PropertyMark(name, word, true)));
        }

        return [.. marks];
    }

    /// <inheritdoc />
    public bool Equals(PropertyMark? other) => ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Contains == other.Contains && Property == other.Property && Value == other.Value);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PropertyMark);

    /// <inheritdoc />
    public override int GetHashCode() => _hash;
}
