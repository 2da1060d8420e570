using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Measures;

/// <summary>Counts leads whose deal ended while no move says so: an outcome says what a deal was worth, a transition that the lead is won or lost.</summary>
/// <remarks>Not safe for several threads.</remarks>
public sealed class DealsWithoutMove
{
    /// <summary>Leads with a won deal that never moved to won.</summary>
    public int Won { get; private set; }

    /// <summary>Leads that stand open though they have lost deals and no won one, and that never moved to lost.</summary>
    public int Lost { get; private set; }

    /// <summary>Adds a lead.</summary>
    public void Add(LeadHistory lead)
    {
        ArgumentNullException.ThrowIfNull(lead);
        if (lead.Outcomes.Count == 0)
        {
            return;
        }

        if (lead.Outcomes.Any(outcome => outcome.Won))
        {
            Won += lead.Transitions.Any(move => move.To == Stage.Won) ? 0 : 1;
        }
        else if (lead.Transitions.Count == 0 || (lead.Transitions[^1].To < Stage.Won && !lead.Transitions.Any(move => move.To == Stage.Lost)))
        {
            Lost++;
        }
    }

    /// <summary>Adds what another counted.</summary>
    public void Add(DealsWithoutMove other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Won += other.Won;
        Lost += other.Lost;
    }

    /// <summary>What follows and what to do, a sentence or two for each kind; none where all have moved.</summary>
    public IReadOnlyList<string> Warnings() =>
    [
        .. Won > 0
            ? [FormattableString.Invariant($"Leads with a won deal and no move to Won: {Won:N0}. They are in the revenue, but their moves alone tell what they are: open in the call list, the stages and training where none ends them. Give their transitions to Won too.")]
            : Array.Empty<string>(),
        .. Lost > 0
            ? [FormattableString.Invariant($"Leads with a lost deal alone and no move to Lost: {Lost:N0}. They count as open in the call list, the stages and training. Give their transitions to Lost too, where nothing else goes on.")]
            : Array.Empty<string>(),
    ];
}
