using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Features.Extraction;

/// <summary>A snapshot with what the readers share: the touch tally and that of the colleagues, made once.</summary>
internal readonly ref struct SnapshotFacts
{
    public SnapshotFacts(Snapshot snapshot, TouchTally tally, bool needsColleagues, Stage? entering)
    {
        Snapshot = snapshot;
        Entering = entering;
        Tally = tally;
        Colleagues = needsColleagues ? snapshot.TallyColleagues() : default;
    }

    public Snapshot Snapshot { get; }

    /// <summary>The stage that the lead is taken to have entered at <see cref="EnteringAt"/>, or null where it is taken as it is.</summary>
    public Stage? Entering { get; }

    /// <summary>As long before AsOf as an entry that has just become known.</summary>
    public DateTimeOffset EnteringAt => Snapshot.AsOf - EpisodeInstants.Settling;

    public Stage Stage => Entering ?? Snapshot.Stage;

    public DateTimeOffset StageSince => Entering is null ? Snapshot.StageSince : EnteringAt;

    /// <summary>How many transitions there are, the assumed one among them.</summary>
    public int TransitionCount => Snapshot.Transitions.Count + (Entering is null ? 0 : 1);

    public TouchTally Tally { get; }

    public ColleagueTally Colleagues { get; }

    /// <summary>What a transition enters, and when; the assumed one is the last.</summary>
    public (Stage To, DateTimeOffset At) Transition(int index)
    {
        // By number: an enumerator of a list that is known by its interface is an object for each look.
        IReadOnlyList<StageTransition> transitions = Snapshot.Transitions;
        return index < transitions.Count ? (transitions[index].To, transitions[index].OccurredAt) : (Entering!.Value, EnteringAt);
    }

    /// <summary>Days from an instant to AsOf.</summary>
    public double DaysSince(DateTimeOffset instant) => (Snapshot.AsOf.UtcTicks - instant.UtcTicks) / (double)TimeSpan.TicksPerDay;
}
