using System.Text;
using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Extraction;

/// <summary>The slots that touches of one type count in. A property is looked up once for all slots that ask for it. Immutable.</summary>
internal sealed class TypePlan
{
    /// <summary>A type of activity without slots of its own.</summary>
    public static readonly TypePlan OtherActivity = new(isActivity: true);

    /// <summary>A type without slots of its own that is no activity.</summary>
    public static readonly TypePlan OtherSign = new(isActivity: false);

    private readonly int[] _always = [];
    private readonly Property[] _properties = [];

    private TypePlan(bool isActivity) => IsActivity = isActivity;

    /// <param name="type">The type.</param>
    /// <param name="filters">The filters of this type with their slots.</param>
    public TypePlan(string type, IEnumerable<(int Slot, TouchFilter Filter)> filters)
        : this(TouchTypes.IsActivity(type))
    {
        (int Slot, TouchFilter Filter)[] all = [.. filters];
        _always = [.. all.Where(pair => pair.Filter.Property is null).Select(pair => pair.Slot)];
        _properties =
        [
            .. all.Where(pair => pair.Filter is { Property: not null, Value: not null })
                .GroupBy(pair => pair.Filter.Property!, StringComparer.Ordinal)
                .Select(property => new Property(
                    property.Key,
                    SlotsByValue(property.Where(pair => !pair.Filter.Contains)),
                    [.. property.Where(pair => pair.Filter.Contains).Select(pair => (pair.Filter.Value!, pair.Slot))])),
        ];
    }

    /// <summary>Whether touches of the type are the lead's own activity.</summary>
    public bool IsActivity { get; }

    /// <summary>Writes the slots that a touch of this type counts in, in any order, and returns how many they are.</summary>
    /// <param name="touch">The touch.</param>
    /// <param name="slots">Room for all slots.</param>
    public int SlotsOf(Touch touch, Span<int> slots)
    {
        int count = 0;
        foreach (int slot in _always)
        {
            slots[count++] = slot;
        }

        foreach (Property property in _properties)
        {
            if (!touch.Properties.TryGetValue(property.Name, out AttributeValue value) || value.IsMissing)
            {
                continue;
            }

            string text = value.ToString();
            if (property.Equal is { } equal && Find(equal, text) is { } same)
            {
                foreach (int slot in same)
                {
                    slots[count++] = slot;
                }
            }

            foreach ((string word, int slot) in property.Inside)
            {
                if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                {
                    slots[count++] = slot;
                }
            }
        }

        return count;
    }

    /// <summary>The slots of a value in the form that <see cref="Profiles.PropertyMark"/> gives it: without outer blanks, in lower case.</summary>
    private static int[]? Find(Dictionary<string, int[]> slots, string text)
    {
        // Beyond ASCII two letters may have one lower case and differ without case all the same.
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        return (Ascii.IsValid(trimmed)
            ? slots.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(trimmed, out int[]? found)
            : slots.TryGetValue(trimmed.ToString().ToLowerInvariant(), out found)) ? found : null;
    }

    private static Dictionary<string, int[]>? SlotsByValue(IEnumerable<(int Slot, TouchFilter Filter)> filters)
    {
        var slots = filters.GroupBy(pair => pair.Filter.Value!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(value => value.Key, value => value.Select(pair => pair.Slot).ToArray(), StringComparer.OrdinalIgnoreCase);
        return slots.Count == 0 ? null : slots;
    }

    private sealed record Property(string Name, Dictionary<string, int[]>? Equal, (string Word, int Slot)[] Inside);
}
