using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Episodes;

/// <summary>Where a lead stands in a company's funnel, which decides what may be asked of a model.</summary>
public enum Position
{
    /// <summary>Before the funnel's entry stage.</summary>
    BeforeEntry,

    /// <summary>In the link to SQL.</summary>
    Qualifying,

    /// <summary>In the link to won; in a funnel of two links, SQL already.</summary>
    Closing,

    /// <summary>Back in nurturing.</summary>
    Recycled,

    /// <summary>The funnel's last stage was reached.</summary>
    Converted,

    /// <summary>Lost or disqualified.</summary>
    Out,
}

/// <summary>A lead's position with its present episode, from a snapshot alone: what live scoring knows, nothing of the future.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Episode">The open episode of the link it is in, or null outside; its end is not known.</param>
/// <param name="EarlierEpisodes">How many episodes of the funnel's first link came before the present one.</param>
public sealed record Standing(Position Position, LinkEpisode? Episode, int EarlierEpisodes)
{
    /// <summary>Reads the standing out of a snapshot.</summary>
    public static Standing Of(Snapshot snapshot, FunnelDefinition funnel)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(funnel);
        Position position = PositionOf(snapshot.Stage, funnel);
        IReadOnlyList<LinkEpisode> first = LinkEpisodes.Of(snapshot.Lead, snapshot.Transitions, funnel.Links[0]);
        LinkEpisode? present = position switch
        {
            Position.Qualifying => Last(snapshot, funnel.Qualify!),
            Position.Closing => Last(snapshot, funnel.Close!),
            Position.Recycled => LinkEpisodes.RecycledOf(snapshot.Lead, snapshot.Transitions, funnel.Links[0])[^1],
            _ => null,
        };
        return new(position, present, first.Count(episode => episode.End != EpisodeEnd.Open));
    }

    private static Position PositionOf(Stage stage, FunnelDefinition funnel) => stage switch
    {
        Stage.Recycled => Position.Recycled,
        Stage.Lost or Stage.Disqualified => Position.Out,
        _ when stage.Reaches(funnel.Goal) => Position.Converted,
        _ when funnel.Close is { } close && LinkEpisodes.InSpan(close, stage) => Position.Closing,
        _ when funnel.Qualify is { } qualify && LinkEpisodes.InSpan(qualify, stage) => Position.Qualifying,
        _ => Position.BeforeEntry,
    };

    private static LinkEpisode Last(Snapshot snapshot, FunnelLink link) =>
        LinkEpisodes.Of(snapshot.Lead, snapshot.Transitions, link)[^1];
}
