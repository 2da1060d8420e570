using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Profiles;

/// <summary>Which touch types and properties the training snapshots have. Streaming; not safe on several threads.</summary>
/// <param name="marks">What properties say; shared with the parts.</param>
/// <param name="most">At most this many different values are counted.</param>
internal sealed class TouchProfile(PropertyMarks marks, int most = TouchProfile.DistinctLimit)
{
    /// <summary>At most this many property values a touch type get counts of their own.</summary>
    private const int ValuesPerType = 6;

    private const int DistinctLimit = 5_000;

    private readonly Dictionary<string, TypeCount> _types = new(StringComparer.Ordinal);

    /// <summary>The values in the order in which they first came.</summary>
    private readonly List<ValueCount> _values = [];

    private int _active;
    private int _snapshots;

    /// <summary>Adds the touches of a snapshot of an account, numbered from 1; each type and value counts once a snapshot.</summary>
    public void Observe(IReadOnlyList<Touch> touches, int account)
    {
        _snapshots++;
        bool active = false;
        for (int i = 0; i < touches.Count; i++)
        {
            Touch touch = touches[i];
            TypeCount type = TypeOf(touch.Type);
            active |= type.IsActivity;
            if (type.SeenIn != _snapshots)
            {
                type.SeenIn = _snapshots;
                type.Snapshots++;
            }

            foreach (PropertyMark mark in marks.Of(touch.Properties))
            {
                if (Find(type, mark) is { } value && value.SeenIn != _snapshots)
                {
                    value.SeenIn = _snapshots;
                    value.Tally.Add(account);
                }
            }
        }

        _active += active ? 1 : 0;
    }

    /// <summary>Adds the snapshots of another profile, which counted all values, as if they came here after those that did.</summary>
    public void Add(TouchProfile later)
    {
        _active += later._active;
        foreach ((string type, TypeCount count) in later._types)
        {
            TypeOf(type).Snapshots += count.Snapshots;
        }

        foreach (ValueCount value in later._values)
        {
            if (Find(TypeOf(value.Type), value.Mark) is { } here)
            {
                here.Tally = here.Tally.With(value.Tally);
            }
        }
    }

    /// <summary>The features, by type; e-mail opens, which mail programs trigger unasked, get one cautious count.</summary>
    public IEnumerable<FeatureDefinition> Features(SchemaOptions options)
    {
        IEnumerable<int?> lookbacks = [.. options.Lookbacks.Distinct().Order().Select(days => (int?)days), null];
        if (_active >= options.MinimumCount)
        {
            foreach (FeatureDefinition feature in Whole(lookbacks))
            {
                yield return feature;
            }
        }

        foreach ((string type, TypeCount count) in _types.OrderBy(type => type.Key, StringComparer.Ordinal))
        {
            if (count.Snapshots < options.MinimumCount)
            {
                continue;
            }

            foreach (int? days in type == "email_open" ? [30] : lookbacks)
            {
                yield return Count(type, type, new(type), days);
            }

            if (type != "email_open")
            {
                yield return Number($"{type}_recency_days", type, new TouchRecency(new(type)));
            }

            foreach (FeatureDefinition feature in Values(type, count, options))
            {
                yield return feature;
            }
        }
    }

    private TypeCount TypeOf(string type)
    {
        if (!_types.TryGetValue(type, out TypeCount? count))
        {
            _types.Add(type, count = new(type));
        }

        return count;
    }

    /// <summary>The count of a value of a type, new or not; null when there is no more room for new ones.</summary>
    private ValueCount? Find(TypeCount type, PropertyMark mark)
    {
        if (!type.Values.TryGetValue(mark, out ValueCount? value) && _values.Count < most)
        {
            type.Values.Add(mark, value = new(type.Name, mark));
            _values.Add(value);
        }

        return value;
    }

    private static IEnumerable<FeatureDefinition> Values(string type, TypeCount count, SchemaOptions options) => count.Values.Values
        .Where(value => value.Tally.Groups >= options.MinimumCount && value.Tally.Rows < count.Snapshots)
        .OrderByDescending(value => value.Tally.Rows)
        .ThenBy(value => value.Mark.Property, StringComparer.Ordinal).ThenBy(value => value.Mark.Value, StringComparer.Ordinal)
        .Take(ValuesPerType)
        .SelectMany(value =>
        {
            TouchFilter filter = new(type, value.Mark.Property, value.Mark.Value, value.Mark.Contains);
            string name = $"{type}[{filter.Property}{(filter.Contains ? "~" : "=")}{filter.Value}]";
            return new[] { Count(name, type, filter, 30), Count(name, type, filter, null) };
        });

    private static IEnumerable<FeatureDefinition> Whole(IEnumerable<int?> lookbacks) =>
    [
        .. lookbacks.Select(days => Count("touches", "activity", new(null), days)),
        Number("activity_recency_days", "activity", new TouchRecency(new(null))),
        Number("active_days_30d", "activity", new ActiveDays(30)),
        Number("active_days_90d", "activity", new ActiveDays(90)),
        Number("active_days_all", "activity", new ActiveDays(null)),
        Number("activity_trend_30d", "activity", new ActivityTrend(30)),
    ];

    private static FeatureDefinition Count(string name, string group, TouchFilter filter, int? days) =>
        Number($"{name}_{(days is { } length ? $"{length}d" : "all")}", group, new TouchCount(filter, days));

    private static FeatureDefinition Number(string name, string group, FeatureSource source) =>
        new() { Name = name, Group = group, Kind = FeatureKind.Numeric, Source = source };

    private sealed class TypeCount(string name)
    {
        public string Name { get; } = name;

        public bool IsActivity { get; } = TouchTypes.IsActivity(name);

        /// <summary>How many snapshots have such a touch.</summary>
        public int Snapshots { get; set; }

        /// <summary>The latest of them.</summary>
        public int SeenIn { get; set; }

        public Dictionary<PropertyMark, ValueCount> Values { get; } = [];
    }

    private sealed class ValueCount(string type, PropertyMark mark)
    {
        private ValueTally _tally;

        public string Type { get; } = type;

        public PropertyMark Mark { get; } = mark;

        /// <summary>How many snapshots have such a touch, and of how many accounts.</summary>
        public ref ValueTally Tally => ref _tally;

        /// <summary>The latest of them.</summary>
        public int SeenIn { get; set; }
    }
}
