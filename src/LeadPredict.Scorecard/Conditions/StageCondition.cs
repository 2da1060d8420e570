using LeadPredict.Funnel.Stages;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>The lead stands in one of the listed stages.</summary>
internal sealed class StageCondition(IReadOnlyList<Stage> stages) : Condition
{
    private readonly Stage[] _stages = [.. stages];

    public override string Subject => "stage";

    public override bool Holds(RuleFacts facts) => _stages.Contains(facts.Snapshot.Stage);

    public override string Describe() => $"the stage is {string.Join(" or ", stages)}";

    public override string Because(RuleFacts facts) =>
        $"in stage {facts.Snapshot.Stage} since {Evidence.Ago(Evidence.Days(facts.Snapshot.AsOf - facts.Snapshot.StageSince))}";
}
