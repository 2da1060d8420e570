using System.Diagnostics.Metrics;

namespace LeadPredict.Api.Metrics;

/// <summary>The values of one instrument for one set of tags. Safe to add to from many threads.</summary>
internal sealed class MetricSeries(KeyValuePair<string, object?>[] tags, double[]? bounds)
{
    private readonly long[]? _counts = bounds is null ? null : new long[bounds.Length + 1];
    private double _sum;
    private long _count;

    public IReadOnlyList<KeyValuePair<string, object?>> Tags => tags;

    /// <summary>The sum of what was added, or the last value set.</summary>
    public double Value => Volatile.Read(ref _sum);

    /// <summary>How many values a histogram took.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>How many values fell at or below each bound, then above the last; null for other instruments.</summary>
    public IReadOnlyList<long>? Counts => _counts;

    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        if (others.Length != tags.Length)
        {
            return false;
        }

        for (int i = 0; i < tags.Length; i++)
        {
            if (!ReferenceEquals(tags[i].Key, others[i].Key) && tags[i].Key != others[i].Key || !Equals(tags[i].Value, others[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public void Set(double value) => Volatile.Write(ref _sum, value);

    public void Add(double value)
    {
        double seen = Volatile.Read(ref _sum);
        while (Interlocked.CompareExchange(ref _sum, seen + value, seen) is var now && now != seen && !double.IsNaN(now))
        {
            seen = now;
        }

        if (_counts is not null)
        {
            int bucket = Array.BinarySearch(bounds!, value);
            Interlocked.Increment(ref _counts[bucket < 0 ? ~bucket : bucket]);
            Interlocked.Increment(ref _count);
        }
    }
}

/// <summary>An instrument with its series.</summary>
internal sealed class MetricInstrument(Instrument instrument)
{
    // What OpenTelemetry advises for durations in seconds.
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    private const int MostSeries = 500;

    /// <summary>As OpenTelemetry's metrics SDK calls what no series is left for.</summary>
    private static readonly KeyValuePair<string, object?>[] Others = [new("otel.metric.overflow", "true")];

    // The runtime makes them counters, though they fall too.
    private static readonly string[] Levels = ["dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length"];
    private readonly Lock _adding = new();
    private volatile MetricSeries[] _series = [];
    private MetricSeries? _others;

    public Instrument Instrument { get; } = instrument;

    public bool IsHistogram { get; } = instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);

    public bool IsObservable { get; } = instrument.IsObservable;

    /// <summary>Whether values only grow: a counter.</summary>
    public bool IsCounter { get; } = instrument.GetType().Name.Contains("Counter", StringComparison.Ordinal)
        && !instrument.GetType().Name.Contains("UpDown", StringComparison.Ordinal)
        && !Levels.Contains(instrument.Name);

    public IReadOnlyList<MetricSeries> Series => _series;

    public double[]? Limits => IsHistogram ? Bounds : null;

    /// <summary>The series of these tags, or once there are too many of them the one for all others.</summary>
    public MetricSeries Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (MetricSeries series in _series)
        {
            if (series.Has(tags))
            {
                return series;
            }
        }

        lock (_adding)
        {
            if (Array.Find(_series, MatchOf(tags)) is { } known)
            {
                return known;
            }

            if (_series.Length >= MostSeries)
            {
                return _others ??= Kept(Others);
            }

            return Kept(tags.ToArray());
        }
    }

    private MetricSeries Kept(KeyValuePair<string, object?>[] tags)
    {
        var added = new MetricSeries(tags, Limits);
        _series = [.. _series, added];
        return added;
    }

    /// <summary>Drops all series.</summary>
    public void Forget()
    {
        lock (_adding)
        {
            _series = [];
            _others = null;
        }
    }

    private static Predicate<MetricSeries> MatchOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        KeyValuePair<string, object?>[] kept = tags.ToArray();
        return series => series.Has(kept);
    }
}
