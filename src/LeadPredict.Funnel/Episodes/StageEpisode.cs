using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Episodes;

/// <summary>One stay in a stage, <c>[OpenedAt, ClosedAt)</c>.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="OpenedAt">When it was entered; the lead's creation for the first stay as a lead.</param>
/// <param name="KnownAt">When we knew: the later of happened and recorded.</param>
/// <param name="ClosedAt">When another stage was entered, or null while it is open.</param>
/// <param name="Next">The stage entered then, or null.</param>
public sealed record StageEpisode(Stage Stage, DateTimeOffset OpenedAt, DateTimeOffset KnownAt, DateTimeOffset? ClosedAt, Stage? Next)
{
    /// <summary>The stays of a lead in order. Entering the stage one is in begins no new stay. Stays of no length are kept, but for the one as a lead when the lead came in at a later stage.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="transitions">Its transitions in order: all, or those known at an instant.</param>
    public static IReadOnlyList<StageEpisode> Of(Lead lead, IReadOnlyList<StageTransition> transitions)
    {
        ArgumentNullException.ThrowIfNull(lead);
        ArgumentNullException.ThrowIfNull(transitions);
        List<StageEpisode> episodes = [];
        StageEpisode current = new(Stage.Lead, lead.CreatedAt, lead.KnownAt, null, null);
        bool atCreation = true;
        foreach (StageTransition transition in transitions)
        {
            if (transition.To == current.Stage)
            {
                continue;
            }

            if (!atCreation || transition.OccurredAt > lead.CreatedAt)
            {
                episodes.Add(current with { ClosedAt = transition.OccurredAt, Next = transition.To });
            }

            atCreation = false;
            current = new(transition.To, transition.OccurredAt, transition.KnownAt, null, null);
        }

        episodes.Add(current);
        return episodes;
    }
}
