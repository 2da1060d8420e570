using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Profiles;

/// <summary>The marks of touch properties, worked out once for those that many touches share, as they do when a store hands out the same again. Safe on several threads.</summary>
internal sealed class PropertyMarks
{
    /// <summary>Of more different ones the marks are worked out each time.</summary>
    private const int Most = 1 << 16;

    private readonly ConcurrentDictionary<IReadOnlyDictionary<string, AttributeValue>, PropertyMark[]> _known = new(ByReference.Instance);
    private int _count;

    /// <summary>What the properties say.</summary>
    public PropertyMark[] Of(IReadOnlyDictionary<string, AttributeValue> properties)
    {
        if (properties.Count == 0)
        {
            return [];
        }

        if (_known.TryGetValue(properties, out PropertyMark[]? marks))
        {
            return marks;
        }

        marks = PropertyMark.Of(properties);
        if (_count < Most && _known.TryAdd(properties, marks))
        {
            Interlocked.Increment(ref _count);
        }

        return marks;
    }

    private sealed class ByReference : IEqualityComparer<IReadOnlyDictionary<string, AttributeValue>>
    {
        public static readonly ByReference Instance = new();

        public bool Equals(IReadOnlyDictionary<string, AttributeValue>? x, IReadOnlyDictionary<string, AttributeValue>? y) => ReferenceEquals(x, y);

        public int GetHashCode(IReadOnlyDictionary<string, AttributeValue> obj) => RuntimeHelpers.GetHashCode(obj);
    }
}
