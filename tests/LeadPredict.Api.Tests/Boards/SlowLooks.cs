namespace LeadPredict.Api.Tests.Boards;

/// <summary>Goes on by a second whenever it is asked, so that whatever is measured by it takes seconds.</summary>
internal sealed class SlowLooks : TimeProvider
{
    private long _seconds;

    /// <summary>How far the time of day has moved on besides.</summary>
    public TimeSpan Later { get; set; }

    public override long TimestampFrequency => 1;

    public override DateTimeOffset GetUtcNow() => ApiHost.Clock.GetUtcNow().AddSeconds(GetTimestamp()) + Later;

    public override long GetTimestamp() => Interlocked.Increment(ref _seconds);
}
