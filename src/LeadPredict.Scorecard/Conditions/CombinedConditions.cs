using LeadPredict.Funnel.Snapshots;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>All of the conditions hold.</summary>
internal sealed class AllCondition(IReadOnlyList<Condition> conditions) : Condition
{
    public override bool Holds(Snapshot snapshot)
    {
        foreach (Condition condition in conditions)
        {
            if (!condition.Holds(snapshot))
            {
                return false;
            }
        }

        return true;
    }

    public override string Describe() => Evidence.Join(conditions, " and ");

    public override string Because(Snapshot snapshot) =>
        string.Join("; ", conditions.Select(condition => condition.Because(snapshot)));
}

/// <summary>At least one of the conditions holds; the first that does is the evidence.</summary>
internal sealed class AnyCondition(IReadOnlyList<Condition> conditions) : Condition
{
    public override bool Holds(Snapshot snapshot) => First(snapshot) is not null;

    public override string Describe() => Evidence.Join(conditions, " or ");

    public override string Because(Snapshot snapshot) => First(snapshot)!.Because(snapshot);

    private Condition? First(Snapshot snapshot)
    {
        foreach (Condition condition in conditions)
        {
            if (condition.Holds(snapshot))
            {
                return condition;
            }
        }

        return null;
    }
}

/// <summary>The condition does not hold.</summary>
internal sealed class NotCondition(Condition condition) : Condition
{
    public override bool Holds(Snapshot snapshot) => !condition.Holds(snapshot);

    public override string Describe() => $"not ({condition.Describe()})";

    public override string Because(Snapshot snapshot) => Describe();
}
