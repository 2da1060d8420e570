namespace LeadPredict.Api.Tests.Boards;

/// <summary>Goes on by a millisecond whenever it is asked, while nothing that is measured by it takes any time.</summary>
internal sealed class QuickLooks : TimeProvider
{
    private long _milliseconds;

    public override DateTimeOffset GetUtcNow() => ApiHost.Clock.GetUtcNow().AddMilliseconds(Interlocked.Increment(ref _milliseconds));

    public override long GetTimestamp() => 0;
}
