using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Funnel.Labels;

/// <summary>Labels an instant of an episode by its horizon <c>[asOf, asOf + horizon)</c>. Pure functions.</summary>
public static class Labeler
{
    /// <summary>
    /// Converted when the episode converts inside the horizon; not converted when it ends otherwise, converts later, or the horizon is
    /// over by <paramref name="observedUntil"/>; else censored.
    /// </summary>
    /// <param name="episode">An episode that had not ended before <paramref name="asOf"/>.</param>
    /// <param name="asOf">The instant of the example.</param>
    /// <param name="horizon">The length of the horizon; positive.</param>
    /// <param name="observedUntil">The data tells of everything before this instant.</param>
    public static Label Of(LinkEpisode episode, DateTimeOffset asOf, TimeSpan horizon, DateTimeOffset observedUntil)
    {
        ArgumentNullException.ThrowIfNull(episode);
        return episode.End switch
        {
            EpisodeEnd.Converted => TimeWindow.Horizon(asOf, horizon).Contains(episode.EndedAt!.Value)
                ? Label.Converted
                : Label.NotConverted,
            EpisodeEnd.Left => Label.NotConverted,
            _ => IsMature(asOf, horizon, observedUntil) ? Label.NotConverted : Label.Censored,
        };
    }

    /// <summary>
    /// The label of the chain: converted when the first link converts inside its horizon and the second inside its own, counted from
    /// the instant the first converted; so the event is contained in the first link's.
    /// </summary>
    /// <param name="first">The episode of the first link.</param>
    /// <param name="second">The episode of the second link that opened when the first converted, or null when the lead jumped over it to the goal.</param>
    /// <param name="asOf">The instant of the example.</param>
    /// <param name="closeHorizon">The second link's horizon.</param>
    /// <param name="observedUntil">The data tells of everything before this instant.</param>
    public static Label OfChain(
        LinkEpisode first, LinkEpisode? second, DateTimeOffset asOf, TimeSpan closeHorizon, DateTimeOffset observedUntil)
    {
        ArgumentNullException.ThrowIfNull(first);
        Label qualified = Of(first, asOf, first.Link.Horizon, observedUntil);
        return qualified != Label.Converted ? qualified
            : second is null ? Label.Converted
            : Of(second, first.EndedAt!.Value, closeHorizon, observedUntil);
    }

    /// <summary>
    /// Whether the horizon is over by <paramref name="observedUntil"/>. Rates are of mature instants only: of the others those that ended early have a label
    /// and those that may yet convert have none.
    /// </summary>
    /// <param name="asOf">The instant.</param>
    /// <param name="horizon">The length of the horizon; of a chain, of both links together.</param>
    /// <param name="observedUntil">The data tells of everything before this instant.</param>
    public static bool IsMature(DateTimeOffset asOf, TimeSpan horizon, DateTimeOffset observedUntil) => asOf + horizon <= observedUntil;
}
