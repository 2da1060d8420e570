using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;

namespace LeadPredict.Features.Extraction;

/// <summary>The counts of one snapshot's touches, on scratch memory of the caller. One pass; counts become cumulative at the end.</summary>
internal readonly ref struct TouchTally
{
    private const int OnStack = 256;

    private readonly TouchPlan _plan;
    private readonly Span<int> _counts;
    private readonly Span<long> _youngest;

    /// <param name="plan">What to tally.</param>
    /// <param name="counts">At least <see cref="TouchPlan.Counters"/> numbers.</param>
    /// <param name="youngest">At least <see cref="TouchPlan.Slots"/> numbers.</param>
    /// <param name="snapshot">Whose touches; they are in order of time.</param>
    public TouchTally(TouchPlan plan, Span<int> counts, Span<long> youngest, Snapshot snapshot)
    {
        _plan = plan;
        _counts = counts[..plan.Counters];
        _youngest = youngest[..plan.Slots];
        _counts.Clear();
        _youngest.Fill(long.MaxValue);
        long asOf = snapshot.AsOf.UtcTicks;
        long lastDay = -1;
        ReadOnlySpan<Touch> touches = snapshot.TouchSpan;
        Span<int> slots = plan.Slots <= OnStack ? stackalloc int[plan.Slots] : new int[plan.Slots];
        foreach (Touch touch in touches)
        {
            long at = touch.OccurredAt.UtcTicks;
            int bucket = plan.BucketOf(asOf - at);
            TypePlan type = plan.PlanOf(touch.Type);
            foreach (int slot in slots[..type.SlotsOf(touch, slots)])
            {
                Add(slot, bucket, asOf - at);
            }

            if (type.IsActivity)
            {
                Add(plan.ActivitySlot, bucket, asOf - at);
                lastDay = AddDay(at, lastDay, asOf);
            }
        }

        Accumulate();
    }

    /// <summary>Touches of each filter inside each window, see <see cref="TouchPlan.CellOf"/>.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>Touches of a filter inside a window.</summary>
    public int Count(int slot, int window) => _counts[_plan.CellOf(slot, window)];

    /// <summary>Calendar days with activity inside a window.</summary>
    public int Days(int window) => _counts[(_plan.Slots * _plan.Windows.Length) + window];

    /// <summary>The age of the latest touch in ticks, or <see cref="long.MaxValue"/>.</summary>
    public long Youngest(int slot) => _youngest[slot];

    private void Add(int slot, int bucket, long age)
    {
        _counts[(slot * _plan.Windows.Length) + bucket]++;
        _youngest[slot] = Math.Min(_youngest[slot], age);
    }

    /// <summary>Counts a calendar day once, by its latest activity: an earlier one of the same day is taken back out of its bucket.</summary>
    private long AddDay(long at, long lastDay, long asOf)
    {
        long day = at / TimeSpan.TicksPerDay;
        int row = _plan.Slots * _plan.Windows.Length;
        if (day == lastDay)
        {
            // Touches come in order of time, so the one counted for this day is the one before: move the day to the later one's window.
            _counts[row + LatestFilled(row)]--;
        }

        _counts[row + _plan.BucketOf(asOf - at)]++;
        return day;
    }

    /// <summary>The days counted so far lie in ever shorter windows, so the latest day is in the shortest window filled.</summary>
    private int LatestFilled(int row)
    {
        int window = 0;
        while (_counts[row + window] == 0)
        {
            window++;
        }

        return window;
    }

    private void Accumulate()
    {
        int width = _plan.Windows.Length;
        for (int start = 0; start < _counts.Length; start += width)
        {
            for (int window = 1; window < width; window++)
            {
                _counts[start + window] += _counts[start + window - 1];
            }
        }
    }
}
