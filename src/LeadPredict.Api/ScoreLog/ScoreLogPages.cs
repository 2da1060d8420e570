namespace LeadPredict.Api.ScoreLog;

/// <summary>
/// Scores between the requests that gave them and the one writer: pages that are filled, wait and are filled again, a fixed number of them, so that
/// nothing is allocated for an answer and what waits is bounded. Safe to use from many threads.
/// </summary>
internal sealed class ScoreLogPages
{
    /// <summary>How many pages there are at most: 8 MB.</summary>
    public const int Most = 64;

    /// <summary>How much memory what a challenger is to score may take, about; one lead may go beyond it.</summary>
    public const long MostShadowed = 64 << 20;

    private readonly Lock _lock = new();
    private readonly Queue<ScoreLogPage> _full = new();
    private readonly Stack<ScoreLogPage> _spare = new();
    private ScoreLogPage? _open;
    private TaskCompletionSource _room = NewRoom();
    private int _made;
    private int _waiting;
    private int _fullCount;
    private long _added;
    private long _shadowed;

    /// <summary>How many scores wait, those that are being written among them.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>How many were ever added.</summary>
    public long Added => Volatile.Read(ref _added);

    /// <summary>How many whole pages wait.</summary>
    public int Full => Volatile.Read(ref _fullCount);

    /// <summary>Whether what a challenger is to score takes half of the memory that there is for it.</summary>
    public bool IsHeavy => Volatile.Read(ref _shadowed) >= MostShadowed / 2;

    /// <summary>Adds a score.</summary>
    /// <param name="packed">Its bytes, which are copied.</param>
    /// <param name="shadowed">What a challenger is to score, or null.</param>
    /// <param name="room">Where there is no room: done when there may be some, or they are to look again.</param>
    public bool TryAdd(ReadOnlySpan<byte> packed, ShadowedLead? shadowed, out Task room)
    {
        lock (_lock)
        {
            room = Task.CompletedTask;
            if (shadowed is not null && _shadowed >= MostShadowed)
            {
                room = _room.Task;
                return false;
            }

            if (_open is { } open)
            {
                if (open.TryAdd(packed, shadowed))
                {
                    Count(shadowed);
                    return true;
                }

                _full.Enqueue(open);
                _fullCount++;
                _open = null;
            }

            if (!_spare.TryPop(out ScoreLogPage? next))
            {
                if (_made == Most)
                {
                    room = _room.Task;
                    return false;
                }

                next = new();
                _made++;
            }

            next.TryAdd(packed, shadowed);
            _open = next;
            Count(shadowed);
            return true;
        }
    }

    /// <summary>The page that has waited longest, or null when nothing waits. It must be given back.</summary>
    public ScoreLogPage? Take()
    {
        lock (_lock)
        {
            if (_full.TryDequeue(out ScoreLogPage? page))
            {
                _fullCount--;
                return page;
            }

            (page, _open) = (_open, null);
            return page;
        }
    }

    /// <summary>Gives pages back to be filled again.</summary>
    public void Return(List<ScoreLogPage> pages)
    {
        TaskCompletionSource room;
        lock (_lock)
        {
            foreach (ScoreLogPage page in pages)
            {
                _waiting -= page.Scores.Count;
                _shadowed -= page.ShadowedBytes;
                page.Clear();
                _spare.Push(page);
            }

            (room, _room) = (_room, NewRoom());
        }

        room.SetResult();
    }

    /// <summary>Lets go of what a challenger has scored of a page that was taken and is not given back yet.</summary>
    public void ClearShadowed(ScoreLogPage page)
    {
        lock (_lock)
        {
            if (page.ShadowedBytes == 0)
            {
                return;
            }

            _shadowed -= page.ShadowedBytes;
            page.ClearShadowed();
        }

        Wake();
    }

    /// <summary>Has all who wait for room look again.</summary>
    public void Wake() => Return([]);

    private void Count(ShadowedLead? shadowed)
    {
        _waiting++;
        _added++;
        _shadowed += shadowed?.Bytes ?? 0;
    }

    private static TaskCompletionSource NewRoom() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
