using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Examples;

/// <summary>At which instants an episode is looked at: when it became known, then every 30 days while it stays open as far as is known then, 12 times at most.</summary>
public static class EpisodeInstants
{
    /// <summary>The distance of two instants.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromDays(30);

    /// <summary>At most this many instants an episode: those that have lain open for a year teach nothing new.</summary>
    public const int Maximum = 12;

    /// <summary>Added to the instant at which the entry was known, so that the snapshot, which is half-open, contains it.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(1);

    /// <summary>The first of the instants, or null where the episode was over by the time that it was known, or is not known yet.</summary>
    public static DateTimeOffset? FirstOf(LeadHistory lead, LinkEpisode episode, DateTimeOffset observedUntil) =>
        Of(lead, episode, observedUntil).Select(asOf => (DateTimeOffset?)asOf).FirstOrDefault();

    /// <summary>The instants in order, before <paramref name="observedUntil"/> or at it.</summary>
    public static IEnumerable<DateTimeOffset> Of(LeadHistory lead, LinkEpisode episode, DateTimeOffset observedUntil)
    {
        ArgumentNullException.ThrowIfNull(lead);
        ArgumentNullException.ThrowIfNull(episode);
        DateTimeOffset asOf = episode.KnownAt + Settling;
        for (int i = 0; i < Maximum && asOf <= observedUntil; i++, asOf += Step)
        {
            if ((episode.EndedAt is { } end && end < asOf) || !KnownInside(lead, episode, asOf))
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
