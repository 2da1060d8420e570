using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Snapshots;

/// <summary>Tallies a whole account at any instant without going over its leads: for accounts of many, each of which looks at all others.</summary>
/// <remarks>Immutable. <see cref="ColleagueTally.Of"/> of every lead is the same, slowly.</remarks>
internal sealed class AccountIndex
{
    // From when on each counts, ascending.
    private readonly long[] _leads;
    private readonly long[] _reached;
    private readonly long[] _won;
    private readonly long[] _lost;

    // Of touches that were known within a month, both clocks ascending: who happened before a window was known before its end.
    private readonly long[] _happened;
    private readonly long[] _known;

    // The others, by when they happened.
    private readonly (long Happened, long Known)[] _late;

    public AccountIndex(IReadOnlyList<LeadHistory> leads)
    {
        List<long> reached = [], won = [], lost = [], happened = [], known = [];
        List<(long, long)> late = [];
        foreach (LeadHistory lead in leads)
        {
            long from = lead.Lead.CountsFrom.UtcTicks;
            AddFirst(reached, lead, from, stage => stage.Reaches(Stage.SalesQualified));
            AddFirst(won, lead, from, stage => stage == Stage.Won);
            AddFirst(lost, lead, from, stage => stage is Stage.Lost or Stage.Disqualified);
            foreach (Touch touch in lead.Touches)
            {
                if (TouchTypes.IsActivity(touch.Type))
                {
                    (long at, long counts) = (touch.OccurredAt.UtcTicks, Math.Max(from, touch.KnownAt.UtcTicks));
                    if (counts - at > ColleagueTally.Month.Ticks)
                    {
                        late.Add((at, counts));
                    }
                    else
                    {
                        happened.Add(at);
                        known.Add(counts);
                    }
                }
            }
        }

        _leads = Sorted(leads.Select(lead => lead.Lead.CountsFrom.UtcTicks));
        (_reached, _won, _lost) = (Sorted(reached), Sorted(won), Sorted(lost));
        (_happened, _known) = (Sorted(happened), Sorted(known));
        _late = [.. late.Order()];
    }

    /// <summary>What all leads of the account add up to.</summary>
    public ColleagueTally At(DateTimeOffset asOf)
    {
        long end = asOf.UtcTicks;
        int known = Before(_known, end);
        (int late30, int late90) = Late(end);
        return new(
            Before(_leads, end),
            known - Before(_happened, end - ColleagueTally.Month.Ticks) + late30,
            known - Before(_happened, end - ColleagueTally.Quarter.Ticks) + late90,
            Before(_reached, end),
            Before(_won, end),
            Before(_lost, end));
    }

    private (int Of30, int Of90) Late(long end)
    {
        long month = end - ColleagueTally.Month.Ticks;
        int of30 = 0, of90 = 0;
        for (int i = First(_late, late => late.Happened, end - ColleagueTally.Quarter.Ticks); i < _late.Length && _late[i].Happened < end; i++)
        {
            int counts = _late[i].Known < end ? 1 : 0;
            of90 += counts;
            of30 += _late[i].Happened >= month ? counts : 0;
        }

        return (of30, of90);
    }

    /// <summary>Notes from when on a lead counts as one that came to such a stage, where it did.</summary>
    private static void AddFirst(List<long> first, LeadHistory lead, long from, Predicate<Stage> isMeant)
    {
        long earliest = long.MaxValue;
        foreach (StageTransition move in lead.Transitions)
        {
            earliest = isMeant(move.To) ? Math.Min(earliest, move.KnownAt.UtcTicks) : earliest;
        }

        if (earliest != long.MaxValue)
        {
            first.Add(Math.Max(from, earliest));
        }
    }

    private static long[] Sorted(IEnumerable<long> instants)
    {
        long[] sorted = [.. instants];
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>How many lie before an instant.</summary>
    private static int Before(long[] sorted, long instant) => First(sorted, at => at, instant);

    /// <summary>The place of the first that is not before an instant.</summary>
    private static int First<T>(T[] sorted, Func<T, long> at, long instant)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = at(sorted[middle]) < instant ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
