using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Episodes;

/// <summary>How an episode of a link ended.</summary>
public enum EpisodeEnd
{
    /// <summary>It has not, as far as the rows tell.</summary>
    Open,

    /// <summary>The link's goal or a later forward stage was entered.</summary>
    Converted,

    /// <summary>The lead went elsewhere: lost, disqualified, recycled, or back before the span.</summary>
    Left,
}

/// <summary>
/// One stay in the span <c>[link.From, link.To)</c>: MQL, SAL and then SQL is one episode of the link from MQL to SQL. A lead that is
/// recycled and qualifies again opens another, with a label of its own.
/// </summary>
/// <param name="Link">The link.</param>
/// <param name="Ordinal">0 for the lead's first episode of the link.</param>
/// <param name="Entered">The stage that opened it: inside the span, or <see cref="Stage.Recycled"/> for a stay in nurturing.</param>
/// <param name="OpenedAt">When it opened.</param>
/// <param name="KnownAt">When we knew of that: the later of happened and recorded.</param>
/// <param name="End">How it ended.</param>
/// <param name="EndedAt">When it ended, or null while it is open; not before <paramref name="OpenedAt"/>.</param>
public sealed record LinkEpisode(
    FunnelLink Link, int Ordinal, Stage Entered, DateTimeOffset OpenedAt, DateTimeOffset KnownAt, EpisodeEnd End, DateTimeOffset? EndedAt)
{
    /// <summary>Whether it is a stay in nurturing, from which the link may yet be reached.</summary>
    public bool IsRecycled => Entered == Stage.Recycled;

    /// <summary>Whether the lead is inside at a stage: in the span, or in nurturing for a recycled stay.</summary>
    public bool Holds(Stage stage) => IsRecycled ? stage == Stage.Recycled : LinkEpisodes.InSpan(Link, stage);
}
