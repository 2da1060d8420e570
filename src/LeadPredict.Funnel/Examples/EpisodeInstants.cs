using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Examples;

/// <summary>
/// At which instants an episode is looked at while it stays open as far as is known then: when it became known, and once in each stretch of days after that: those that end with day 7, 14, 30, 60, 90,
/// and every 60 up to 330. Most of what becomes of a lead becomes of it in the first weeks, and it is scored on any day of them; one that has lain open for a year teaches nothing new. A stay in
/// nurturing, where little happens, is not looked at in the first weeks.
/// </summary>
/// <remarks>
/// Where in a stretch, the names say, as if by lot: were all looked at on the same days, nothing would be known of the days between, and what a lead is told would jump from one of those days to the next.
/// </remarks>
public static class EpisodeInstants
{
    /// <summary>The days on which stretches end.</summary>
    private static readonly int[] Ends = [7, 14, 30, 60, 90, 150, 210, 270, 330];

    private const int FirstWeeks = 30;

    /// <summary>Added to the instant at which the entry was known, so that the snapshot, which is half-open, contains it.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(1);

    /// <summary>The first of the instants, or null where the episode was over by the time that it was known, or is not known yet.</summary>
    public static DateTimeOffset? FirstOf(LeadHistory lead, LinkEpisode episode, DateTimeOffset observedUntil) =>
        Of(lead, episode, observedUntil).Select(asOf => (DateTimeOffset?)asOf).FirstOrDefault();

    /// <summary>The instants in order, before <paramref name="observedUntil"/> or at it.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="episode">One of its episodes.</param>
    /// <param name="observedUntil">The data tells of everything before this instant.</param>
    /// <param name="firstWeeks">Whether those of the first weeks, after the first instant, are among them; of nurturing they never are.</param>
    public static IEnumerable<DateTimeOffset> Of(LeadHistory lead, LinkEpisode episode, DateTimeOffset observedUntil, bool firstWeeks = true)
    {
        ArgumentNullException.ThrowIfNull(lead);
        ArgumentNullException.ThrowIfNull(episode);
        DateTimeOffset first = episode.KnownAt + Settling;
        foreach (TimeSpan after in Times(lead.Lead.Id, episode, firstWeeks && !episode.IsRecycled))
        {
            DateTimeOffset asOf = first + after;
            if (asOf > observedUntil || (episode.EndedAt is { } end && end < asOf) || !KnownInside(lead, episode, asOf))
            {
                yield break;
            }

            yield return asOf;
        }
    }

    /// <summary>Whether at the instant the lead is known to be in the episode, without having been known to leave it before: a later stay is another one.</summary>
    public static bool KnownInside(LeadHistory lead, LinkEpisode episode, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(lead);
        ArgumentNullException.ThrowIfNull(episode);
        bool inside = episode.Entered == Stage.Lead;
        foreach (StageTransition transition in lead.Transitions)
        {
            if (transition.OccurredAt < episode.OpenedAt || !Snapshot.Admits(transition, asOf))
            {
                continue;
            }

            if (!episode.Holds(transition.To) && inside)
            {
                return false;
            }

            inside = episode.Holds(transition.To);
        }

        return inside;
    }

    /// <summary>Whole seconds after the first instant, 0 first.</summary>
    private static IEnumerable<TimeSpan> Times(string leadId, LinkEpisode episode, bool firstWeeks)
    {
        yield return TimeSpan.Zero;
        uint names = NameHash.With(NameHash.Of(leadId), episode.OpenedAt.ToUnixTimeSeconds());
        int begin = 0;
        foreach (int end in Ends)
        {
            if (firstWeeks || end > FirstWeeks)
            {
                yield return TimeSpan.FromSeconds(Math.Floor((begin + ((end - begin) * NameHash.Share(NameHash.With(names, end)))) * TimeSpan.SecondsPerDay));
            }

            begin = end;
        }
    }
}
