using System.Collections;
using System.Diagnostics.CodeAnalysis;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Requests;

/// <summary>The properties of a touch, of which there are few: found by looking at each, names without case. Immutable.</summary>
/// <param name="values">No name twice.</param>
internal sealed class FewValues(KeyValuePair<string, AttributeValue>[] values) : IReadOnlyDictionary<string, AttributeValue>
{
    /// <summary>No properties.</summary>
    public static readonly FewValues None = new([]);

    public int Count => values.Length;

    public IEnumerable<string> Keys => values.Select(value => value.Key);

    public IEnumerable<AttributeValue> Values => values.Select(value => value.Value);

    public AttributeValue this[string key] => TryGetValue(key, out AttributeValue value) ? value : throw new KeyNotFoundException($"there is no property '{key}'");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out AttributeValue value)
    {
        foreach (KeyValuePair<string, AttributeValue> one in values)
        {
            if (string.Equals(one.Key, key, StringComparison.OrdinalIgnoreCase))
            {
                value = one.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    public IEnumerator<KeyValuePair<string, AttributeValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, AttributeValue>>)values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => values.GetEnumerator();
}
