using LeadPredict.Features.Sources;
using LeadPredict.Features.Touches;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Profiles;

/// <summary>Which touch types and properties the training snapshots have. Streaming; not safe on several threads.</summary>
/// <param name="most">At most this many different values are counted.</param>
internal sealed class TouchProfile(int most = TouchProfile.DistinctLimit)
{
    /// <summary>At most this many property values a touch type get counts of their own.</summary>
    private const int ValuesPerType = 6;

    private const int DistinctLimit = 5_000;

    /// <summary>Properties that hold the address of a page: there the word inside counts, not the whole.</summary>
    private static readonly string[] PageProperties = ["page", "url", "path"];

    private static readonly string[] PageWords = ["pricing", "demo", "contact", "trial", "customers", "case", "docs", "career", "jobs"];

    private readonly SortedDictionary<string, int> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Property, string Value, bool Contains), int> _values = [];
    private readonly HashSet<string> _seenTypes = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string, string, bool)> _seenValues = [];
    private int _active;

    /// <summary>Adds one snapshot's touches; each type and value counts once a snapshot.</summary>
    public void Observe(IReadOnlyList<Touch> touches)
    {
        _seenTypes.Clear();
        _seenValues.Clear();
        bool active = false;
        foreach (Touch touch in touches)
        {
            active |= Activity.Includes(touch.Type);
            if (_seenTypes.Add(touch.Type))
            {
                _types[touch.Type] = _types.GetValueOrDefault(touch.Type) + 1;
            }

            foreach ((string property, AttributeValue value) in touch.Properties)
            {
                ObserveProperty(touch.Type, property.ToLowerInvariant(), value);
            }
        }

        _active += active ? 1 : 0;
    }

    /// <summary>Adds the snapshots of another profile, which counted all values, as if they came here after those that did.</summary>
    public void Add(TouchProfile later)
    {
        _active += later._active;
        foreach ((string type, int count) in later._types)
        {
            _types[type] = _types.GetValueOrDefault(type) + count;
        }

        foreach ((var key, int count) in later._values)
        {
            CountValue(key, count);
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

        foreach ((string type, int count) in _types)
        {
            if (count < options.MinimumCount)
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

            foreach (FeatureDefinition feature in Values(type, options))
            {
                yield return feature;
            }
        }
    }

    private void ObserveProperty(string type, string property, AttributeValue value)
    {
        // An address is of one person: a model must neither learn nor keep it.
        if (value.Kind is not (AttributeKind.Text or AttributeKind.Boolean) || value.ToString() is not { Length: > 0 and <= 200 } text
            || text.Contains('@', StringComparison.Ordinal))
        {
            return;
        }

        if (!PageProperties.Contains(property))
        {
            SeeValue((type, property, text.Trim().ToLowerInvariant(), false));
            return;
        }

        foreach (string word in PageWords)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                SeeValue((type, property, word, true));
            }
        }
    }

    private void SeeValue((string Type, string Property, string Value, bool Contains) key)
    {
        if (_seenValues.Add(key))
        {
            CountValue(key, 1);
        }
    }

    private void CountValue((string Type, string Property, string Value, bool Contains) key, int snapshots)
    {
        if (_values.TryGetValue(key, out int count) || _values.Count < most)
        {
            _values[key] = count + snapshots;
        }
    }

    private IEnumerable<FeatureDefinition> Values(string type, SchemaOptions options) => _values
        .Where(pair => pair.Key.Type == type && pair.Value >= options.MinimumCount && pair.Value < _types[type])
        .OrderByDescending(pair => pair.Value)
        .ThenBy(pair => pair.Key.Property, StringComparer.Ordinal).ThenBy(pair => pair.Key.Value, StringComparer.Ordinal)
        .Take(ValuesPerType)
        .SelectMany(pair =>
        {
            TouchFilter filter = new(type, pair.Key.Property, pair.Key.Value, pair.Key.Contains);
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
}
