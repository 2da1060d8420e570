using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Examples;

/// <summary>
/// At which instants an episode is looked at while it stays open as far as is known then: when it became known, after 7, 14, 30, 60 and 90 days, and every 60 days up to 330. Most of
/// what becomes of a lead becomes of it in the first weeks, and it is scored on any day of them; one that has lain open for a year teaches nothing new. A stay in nurturing, where little
/// happens, is not looked at in the first weeks.
/// </summary>
public static class EpisodeInstants
{
    private static readonly int[] Days = [0, 7, 14, 30, 60, 90, 150, 210, 270, 330];
    private static readonly int[] DaysAfterTheFirstWeeks = [.. Days.Where(days => days is 0 or >= 30)];

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
        foreach (int days in firstWeeks && !episode.IsRecycled ? Days : DaysAfterTheFirstWeeks)
        {
            DateTimeOffset asOf = episode.KnownAt + Settling + TimeSpan.FromDays(days);
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
}
