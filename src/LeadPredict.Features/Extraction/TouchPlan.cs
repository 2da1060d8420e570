using System.Collections.Frozen;
using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Extraction;

/// <summary>
/// What must be tallied in the one pass over the touches: a slot for each filter, a bucket for each lookback. Made once a schema.
/// </summary>
internal sealed class TouchPlan
{
    /// <summary>Stands for "all that is known" among the window lengths.</summary>
    private const long Unbounded = long.MaxValue;

    private readonly FrozenDictionary<string, TypePlan> _byType;
    private readonly List<TouchFilter> _filters = [];
    private readonly int _activitySlot;

    public TouchPlan(IReadOnlyList<FeatureDefinition> features)
    {
        _activitySlot = SlotOf(new(null));
        SortedSet<long> windows = [Unbounded];
        foreach (FeatureDefinition feature in features)
        {
            switch (feature.Source)
            {
                case TouchCount count:
                    SlotOf(count.Filter);
                    windows.Add(Ticks(count.Days));
                    break;
                case TouchRecency recency:
                    SlotOf(recency.Filter);
                    break;
                case ActiveDays active:
                    windows.Add(Ticks(active.Days));
                    break;
                case ActivityTrend trend:
                    windows.Add(Ticks(trend.Days));
                    windows.Add(Ticks(2 * trend.Days));
                    break;
            }
        }

        Windows = [.. windows];
        _byType = _filters.Select((filter, slot) => (Slot: slot, Filter: filter)).Where(pair => pair.Filter.Type is not null)
            .GroupBy(pair => pair.Filter.Type!, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => new TypePlan(group.Key, group), StringComparer.Ordinal);
    }

    /// <summary>The lookbacks in ticks, shortest first; the last is unbounded.</summary>
    public long[] Windows { get; }

    /// <summary>The number of filters.</summary>
    public int Slots => _filters.Count;

    /// <summary>The number of counters a tally needs: a row of windows for each slot and one for active days.</summary>
    public int Counters => (Slots + 1) * Windows.Length;

    public int ActivitySlot => _activitySlot;

    public int SlotOf(TouchFilter filter)
    {
        int slot = _filters.IndexOf(filter);
        if (slot < 0)
        {
            slot = _filters.Count;
            _filters.Add(filter);
        }

        return slot;
    }

    /// <summary>Where the counter of a slot and a window stands.</summary>
    public int CellOf(int slot, int window) => (slot * Windows.Length) + window;

    public int WindowOf(int? days) => Array.IndexOf(Windows, Ticks(days));

    /// <summary>The shortest window that holds an age; ages are positive, and an age of exactly the length is inside.</summary>
    public int BucketOf(long age)
    {
        int window = 0;
        while (Windows[window] < age)
        {
            window++;
        }

        return window;
    }

    /// <summary>What is tallied of touches of a type beside activity.</summary>
    public TypePlan PlanOf(string type) => _byType.TryGetValue(type, out TypePlan? plan) ? plan
        : TouchTypes.IsActivity(type) ? TypePlan.OtherActivity : TypePlan.OtherSign;

    private static long Ticks(int? days) => days is { } length ? length * TimeSpan.TicksPerDay : Unbounded;
}
