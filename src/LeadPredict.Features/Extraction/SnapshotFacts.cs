using LeadPredict.Features.Touches;
using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Features.Extraction;

/// <summary>A snapshot with what the readers share: the touch tally and the account counts, made once.</summary>
internal readonly ref struct SnapshotFacts
{
    public SnapshotFacts(Snapshot snapshot, TouchTally tally, bool needsAccount, Stage? entering)
    {
        Snapshot = snapshot;
        Entering = entering;
        Tally = tally;
        Account = needsAccount ? AccountCounts.Of(snapshot) : default;
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

    public AccountCounts Account { get; }

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

/// <summary>The counts over the lead's colleagues.</summary>
internal readonly record struct AccountCounts(int KnownLeads, int Touches30, int Touches90, int ReachedSql, int Won, int Lost)
{
    public static AccountCounts Of(Snapshot snapshot)
    {
        DateTimeOffset month = Back(snapshot.AsOf, 30), quarter = Back(snapshot.AsOf, 90);
        int touches30 = 0, touches90 = 0, reached = 0, won = 0, lost = 0;
        for (int each = 0; each < snapshot.Colleagues.Count; each++)
        {
            Colleague colleague = snapshot.Colleagues[each];
            IReadOnlyList<Touch> touches = colleague.Touches;
            for (int i = touches.Count - 1; i >= 0 && touches[i].OccurredAt >= quarter; i--)
            {
                if (Activity.Includes(touches[i].Type))
                {
                    touches90++;
                    touches30 += touches[i].OccurredAt >= month ? 1 : 0;
                }
            }

            bool everReached = false, everWon = false, everLost = false;
            for (int i = 0; i < colleague.Transitions.Count; i++)
            {
                Stage to = colleague.Transitions[i].To;
                everReached |= to.Reaches(Stage.SalesQualified);
                everWon |= to == Stage.Won;
                everLost |= to is Stage.Lost or Stage.Disqualified;
            }

            reached += everReached ? 1 : 0;
            won += everWon ? 1 : 0;
            lost += everLost ? 1 : 0;
        }

        return new(snapshot.Colleagues.Count, touches30, touches90, reached, won, lost);
    }

    private static DateTimeOffset Back(DateTimeOffset asOf, int days) => asOf - TimeSpan.FromDays(days);
}
