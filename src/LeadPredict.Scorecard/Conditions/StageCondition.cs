using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>The lead stands in one of the listed stages.</summary>
internal sealed class StageCondition(IReadOnlyList<Stage> stages) : Condition
{
    public override bool Holds(Snapshot snapshot) => stages.Contains(snapshot.Stage);

    public override string Describe() => $"the stage is {string.Join(" or ", stages)}";

    public override string Because(Snapshot snapshot) =>
        $"in stage {snapshot.Stage} since {Evidence.Ago(snapshot.AsOf - snapshot.StageSince)}";
}
