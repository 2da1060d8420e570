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
    private readonly Phrase _what = Phrase.Of(chain[0].Describe());
    private readonly Phrase _whatOften = Phrase.Of(chain[0].Describe() + " ");
    private readonly Phrase _after = Phrase.Of(AfterWhat(chain));

    /// <summary>How many touches make one hit.</summary>
    public int Times => times;

    /// <summary>The instants (UTC ticks, ascending) of the touches that fit, in <see cref="RuleFacts.Instants"/>, which the next condition uses again.</summary>
    public List<long> Collect(RuleFacts facts)
    {
        List<long> instants = facts.Instants;
        instants.Clear();
        if (!_chain[0].MayMatch(facts))
        {
            return instants;
        }

        long earliest = _chain[0].Within is { } within ? (facts.Snapshot.AsOf - within).UtcTicks : Never;
        if (_chain.Length == 1)
        {
            CollectSingle(facts, earliest, instants);
        }
        else
        {
            CollectChain(facts, earliest, instants);
        }

        return instants;
    }

    public override string Subject => "touches";

    public override bool Holds(RuleFacts facts) => Collect(facts).Count >= times;

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

    public override string Because(RuleFacts facts)
    {
        List<long> instants = Collect(facts);
        return Because(facts.Snapshot, instants.Count, instants[^1]);
    }

    public override PhraseParts Say(RuleFacts facts)
    {
        List<long> instants = Collect(facts);
        return Say(facts.Snapshot, instants.Count, instants[^1]);
    }

    /// <summary>The evidence, from what was collected: how often and how long ago.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="count">How many touches fit.</param>
    /// <param name="latest">The latest one's instant (UTC ticks).</param>
    public string Because(Snapshot snapshot, int count, long latest)
    {
        string ago = Evidence.Ago(DaysSince(snapshot, latest));
        string what = chain[0].Describe();
        return (count == 1 ? $"{what} {ago}" : $"{what} {count} times, latest {ago}") + AfterWhat(chain);
    }

    /// <summary>The same as it stands in JSON.</summary>
    /// <inheritdoc cref="Because(Snapshot, int, long)"/>
    public PhraseParts Say(Snapshot snapshot, int count, long latest)
    {
        ReadOnlySpan<byte> ago = Evidence.AgoJson(DaysSince(snapshot, latest));
        return count == 1 ? new(_what.Json, null, ago, _after.Json) : new(_whatOften.Json, count, " times, latest"u8, ago, _after.Json);
    }

    private static int DaysSince(Snapshot snapshot, long latest) => Evidence.Days(TimeSpan.FromTicks(snapshot.AsOf.UtcTicks - latest));

    private static string AfterWhat(IReadOnlyList<TouchPattern> chain) => chain.Count == 1 ? "" : $", after {chain[1].Describe()}";

    private void CollectSingle(RuleFacts facts, long earliest, List<long> instants)
    {
        TouchPattern pattern = _chain[0];
        ReadOnlySpan<Touch> touches = facts.Snapshot.TouchSpan;
        ReadOnlySpan<int> types = facts.Types;
        ReadOnlySpan<long> at = facts.TouchInstants;
        if (pattern.OnlyType is { } type)
        {
            for (int i = facts.First(type); i != RuleFacts.None; i = facts.Next(i))
            {
                if (at[i] >= earliest && pattern.HasProperties(touches[i]))
                {
                    instants.Add(at[i]);
                }
            }

            return;
        }

        for (int i = 0; i < types.Length; i++)
        {
            if (pattern.IsOfType(types[i]) && at[i] >= earliest && pattern.HasProperties(touches[i]))
            {
                instants.Add(at[i]);
            }
        }
    }

    private void CollectChain(RuleFacts facts, long earliest, List<long> instants)
    {
        // For each link of the chain the latest instant that fulfilled it, and the latest strictly before that one:
        // touches at one instant are not after one another.
        Span<long> latest = stackalloc long[LongestChain];
        Span<long> before = stackalloc long[LongestChain];
        latest.Fill(Never);
        before.Fill(Never);
        ReadOnlySpan<Touch> touches = facts.Snapshot.TouchSpan;
        ReadOnlySpan<int> types = facts.Types;
        ReadOnlySpan<long> at = facts.TouchInstants;
        for (int i = 0; i < types.Length; i++)
        {
            long now = at[i];
            for (int link = _chain.Length - 1; link >= 0; link--)
            {
                if ((link == 0 && now < earliest) || !_chain[link].IsOfType(types[i]) || !_chain[link].HasProperties(touches[i])
                    || !Follows(link, now, latest, before))
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
