namespace LeadPredict.Scoring.Tests;

/// <summary>A clock whose one timer fires when the test says so.</summary>
internal sealed class ManualTimer : TimeProvider
{
    private TimerCallback? _callback;

    public TimeSpan Period { get; private set; }

    public bool Disposed { get; private set; }

    public void Fire() => _callback!(null);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _callback = callback;
        Period = period;
        return new Handle(this);
    }

    private sealed class Handle(ManualTimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => timer.Disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
