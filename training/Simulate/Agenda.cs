namespace LeadPredict.Training.Simulate;

/// <summary>What is still to happen in one account, in order of time; at one instant what was put down first comes first.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action<DateTimeOffset>, (long Ticks, bool Last, int Order)> _queue = new();
    private int _order;

    /// <summary>Puts an event down.</summary>
    /// <param name="at">When it happens.</param>
    /// <param name="happen">What happens; it may put down more, at its own instant or later.</param>
    /// <param name="last">Whether it has to see all else that happens at the same instant.</param>
    public void At(DateTimeOffset at, Action<DateTimeOffset> happen, bool last = false) =>
        _queue.Enqueue(happen, (at.UtcTicks, last, _order++));

    /// <summary>Lets everything happen that lies before <paramref name="end"/>.</summary>
    public void RunUntil(DateTimeOffset end)
    {
        while (_queue.TryDequeue(out Action<DateTimeOffset>? happen, out var key) && key.Ticks < end.UtcTicks)
        {
            happen(new DateTimeOffset(key.Ticks, TimeSpan.Zero));
        }
    }
}
