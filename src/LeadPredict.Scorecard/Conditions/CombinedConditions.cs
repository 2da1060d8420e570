namespace LeadPredict.Scorecard.Conditions;

/// <summary>All of the conditions hold.</summary>
internal sealed class AllCondition(IReadOnlyList<Condition> conditions) : Condition
{
    private readonly Condition[] _conditions = [.. conditions];
    private readonly Condition[] _telling = conditions.Any(condition => condition is not NotCondition)
        ? [.. conditions.Where(condition => condition is not NotCondition)]
        : [.. conditions];

    public override string Subject => _conditions[0].Subject;

    public override bool Holds(RuleFacts facts)
    {
        foreach (Condition condition in _conditions)
        {
            if (!condition.Holds(facts))
            {
                return false;
            }
        }

        return true;
    }

    public override string Describe() => Evidence.Join(_conditions, " and ");

    /// <summary>What is not the case is left out where something is: it makes an exception, and nobody asks why that was not made.</summary>
    public override string Because(RuleFacts facts) => string.Join("; ", _telling.Select(condition => condition.Because(facts)));

    public override PhraseParts Say(RuleFacts facts) => _telling is [var only] ? only.Say(facts) : base.Say(facts);
}

/// <summary>At least one of the conditions holds; the first that does is the evidence.</summary>
internal sealed class AnyCondition(IReadOnlyList<Condition> conditions) : Condition
{
    private readonly Condition[] _conditions = [.. conditions];

    public override string Subject => _conditions[0].Subject;

    public override bool Holds(RuleFacts facts) => First(facts) is not null;

    public override string Describe() => Evidence.Join(_conditions, " or ");

    public override string Because(RuleFacts facts) => First(facts)!.Because(facts);

    public override PhraseParts Say(RuleFacts facts) => First(facts)!.Say(facts);

    private Condition? First(RuleFacts facts)
    {
        foreach (Condition condition in _conditions)
        {
            if (condition.Holds(facts))
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
    public override string Subject => condition.Subject;

    public override bool Holds(RuleFacts facts) => !condition.Holds(facts);

    public override string Describe() => $"not ({condition.Describe()})";

    public override string Because(RuleFacts facts) => Describe();
}
