namespace LeadPredict.Testing;

/// <summary>A clock that stands still until it is set or moved. Not safe to move from several threads.</summary>
public sealed class FakeTimeProvider : TimeProvider
{
    private DateTimeOffset _now;

    public FakeTimeProvider(DateTimeOffset? now = null) => _now = (now ?? Day.Zero).ToUniversalTime();

    /// <summary>Sets the clock, also backward.</summary>
    public void SetUtcNow(DateTimeOffset now) => _now = now.ToUniversalTime();

    public void Advance(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.UtcTicks;
}
