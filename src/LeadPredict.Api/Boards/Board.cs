using LeadPredict.Funnel.Measures;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Boards;

/// <summary>The whole history looked at once, in aggregates. Immutable.</summary>
public sealed record Board
{
    /// <summary>The instant the leads are scored at: now, or the end of a history that ended a while ago.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Whether the history ended more than a week before now, so that <see cref="AsOf"/> is its end.</summary>
    public required bool IsPast { get; init; }

    /// <summary>The model that scored, or null while there is none.</summary>
    public ModelStamp? Model { get; init; }

    /// <summary>How the funnel does.</summary>
    public required FunnelReport Funnel { get; init; }

    /// <summary>The champion's promises held against what happened; null without a model.</summary>
    public KeptPromises? Promises { get; init; }

    /// <summary>How leads of late differ from those that the champion learned from; null where it keeps nothing to hold them against.</summary>
    public InputDrift? Inputs { get; init; }

    /// <summary>The champion's scorecard beside the evidence; null without either.</summary>
    public CardStudy? Rules { get; init; }
}
