namespace LeadPredict.Testing;

/// <summary>A clock that stands still until it is set or moved. Not safe to move from several threads.</summary>
public sealed class FakeTimeProvider : TimeProvider
{
    private DateTimeOffset _now;
    private TimeSpan _stepped;

    public FakeTimeProvider(DateTimeOffset? now = null) => _now = (now ?? Day.Zero).ToUniversalTime();

    /// <summary>Sets the clock, also backward.</summary>
    public void SetUtcNow(DateTimeOffset now) => _now = now.ToUniversalTime();

    public void Advance(TimeSpan by) => _now += by;

    /// <summary>Corrects the time of day, as a machine does; no time passes.</summary>
    public void Step(TimeSpan by)
    {
        _now += by;
        _stepped += by;
    }

    public override DateTimeOffset GetUtcNow() => _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (_now - _stepped).UtcTicks;
}
