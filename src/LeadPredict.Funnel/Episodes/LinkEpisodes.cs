using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Episodes;

/// <summary>Finds the episodes of a link in a lead's transitions. Pure functions.</summary>
public static class LinkEpisodes
{
    /// <summary>Whether a stage lies in the span <c>[link.From, link.To)</c>.</summary>
    public static bool InSpan(FunnelLink link, Stage stage)
    {
        ArgumentNullException.ThrowIfNull(link);
        return stage.IsForward() && stage >= link.From && stage < link.To;
    }

    /// <summary>
    /// The episodes in order. One opens on entering the span from outside, in steps or with a jump to its middle, and closes on entering
    /// anything outside; moving back and forth inside changes nothing. A jump over the whole span opens none.
    /// </summary>
    /// <param name="lead">The lead.</param>
    /// <param name="transitions">Its transitions in order: all, or those known at an instant.</param>
    /// <param name="link">The link.</param>
    public static IReadOnlyList<LinkEpisode> Of(Lead lead, IReadOnlyList<StageTransition> transitions, FunnelLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        List<LinkEpisode> episodes = [];
        LinkEpisode? open = null;
        foreach (StageEpisode stay in StageEpisode.Of(lead, transitions))
        {
            bool inside = InSpan(link, stay.Stage);
            if (inside && open is null)
            {
                open = new(link, episodes.Count, stay.Stage, stay.OpenedAt, stay.KnownAt, EpisodeEnd.Open, null);
            }
            else if (!inside && open is not null)
            {
                episodes.Add(open with
                {
                    End = stay.Stage.Reaches(link.To) ? EpisodeEnd.Converted : EpisodeEnd.Left,
                    EndedAt = stay.OpenedAt,
                });
                open = null;
            }
        }

        if (open is not null)
        {
            episodes.Add(open);
        }

        return episodes;
    }

    /// <summary>
    /// The stays in nurturing. Each converts when the lead next reaches the link's goal, by whatever way, and is left when it is
    /// lost or disqualified first; qualifying again on the way is neither.
    /// </summary>
    /// <inheritdoc cref="Of" />
    public static IReadOnlyList<LinkEpisode> RecycledOf(Lead lead, IReadOnlyList<StageTransition> transitions, FunnelLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        IReadOnlyList<StageEpisode> stays = StageEpisode.Of(lead, transitions);
        List<LinkEpisode> episodes = [];
        for (int i = 0; i < stays.Count; i++)
        {
            if (stays[i].Stage == Stage.Recycled)
            {
                StageEpisode? end = stays.Skip(i + 1).FirstOrDefault(stay => stay.Stage.Reaches(link.To) || stay.Stage.IsFinal());
                EpisodeEnd how = end is null ? EpisodeEnd.Open : end.Stage.Reaches(link.To) ? EpisodeEnd.Converted : EpisodeEnd.Left;
                episodes.Add(new(link, episodes.Count, Stage.Recycled, stays[i].OpenedAt, stays[i].KnownAt, how, end?.OpenedAt));
            }
        }

        return episodes;
    }
}
