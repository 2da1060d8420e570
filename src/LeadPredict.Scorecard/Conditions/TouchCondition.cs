using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>Touches that fit a pattern, at least so many of them, within a lookback, and after other touches where asked.</summary>
/// <remarks>
/// The lookback is <c>[AsOf - days, AsOf)</c>. <c>after</c> means strictly earlier in time; its own bound is the half-open
/// window <c>[touch - days, touch)</c>. One pass over the touches, whatever the length of the chain.
/// </remarks>
/// <param name="chain">The touch itself, then what it must come after, then what that must come after; 1 to <see cref="LongestChain"/>.</param>
/// <param name="times">How many make one hit; at least 1.</param>
internal sealed class TouchCondition(IReadOnlyList<TouchPattern> chain, int times) : Condition
{
    /// <summary>The touch and up to three <c>after</c> inside one another.</summary>
    public const int LongestChain = 4;

    private const long Never = long.MinValue;
    private readonly TouchPattern[] _chain = [.. chain];

    /// <summary>How many touches make one hit.</summary>
    public int Times => times;

    /// <summary>Adds the instants (UTC ticks, ascending) of the touches that fit.</summary>
    public void Collect(Snapshot snapshot, List<long> instants)
    {
        long earliest = chain[0].Within is { } within ? (snapshot.AsOf - within).UtcTicks : Never;

        // For each link of the chain the latest instant that fulfilled it, and the latest strictly before that one:
        // touches at one instant are not after one another.
        Span<long> latest = stackalloc long[LongestChain];
        Span<long> before = stackalloc long[LongestChain];
        latest.Fill(Never);
        before.Fill(Never);
        IReadOnlyList<Touch> touches = snapshot.Touches;
        for (int i = 0; i < touches.Count; i++)
        {
            Touch touch = touches[i];
            long now = touch.OccurredAt.UtcTicks;
            for (int link = _chain.Length - 1; link >= 0; link--)
            {
                if ((link == 0 && now < earliest) || !_chain[link].Matches(touch) || !Follows(link, now, latest, before))
                {
                    continue;
                }

                if (link == 0)
                {
                    instants.Add(now);
                }
                else if (now > latest[link])
                {
                    before[link] = latest[link];
                    latest[link] = now;
                }
            }
        }
    }

    public override bool Holds(Snapshot snapshot) => Found(snapshot).Count >= times;

    public override string Describe()
    {
        string text = chain[0].Describe();
        text = times > 1 ? $"at least {times} times {text}" : text;
        text += chain[0].DescribeWindow();
        for (int link = 1; link < chain.Count; link++)
        {
            text += $", after {chain[link].Describe()}{chain[link].DescribeWindow()} before";
        }

        return text;
    }

    public override string Because(Snapshot snapshot) => Because(snapshot, Found(snapshot));

    /// <summary>The evidence, from instants already collected: how often and how long ago.</summary>
    public string Because(Snapshot snapshot, List<long> instants)
    {
        string ago = Evidence.Ago(TimeSpan.FromTicks(snapshot.AsOf.UtcTicks - instants[^1]));
        string what = chain[0].Describe();
        string text = instants.Count == 1 ? $"{what} {ago}" : $"{what} {instants.Count} times, latest {ago}";
        return chain.Count == 1 ? text : $"{text}, after {chain[1].Describe()}";
    }

    private List<long> Found(Snapshot snapshot)
    {
        List<long> instants = [];
        Collect(snapshot, instants);
        return instants;
    }

    private bool Follows(int link, long now, Span<long> latest, Span<long> before)
    {
        if (link + 1 == chain.Count)
        {
            return true;
        }

        long earlier = latest[link + 1] < now ? latest[link + 1] : before[link + 1];
        return earlier != Never && (chain[link + 1].Within is not { } within || now - earlier <= within.Ticks);
    }
}
