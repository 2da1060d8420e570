using LeadPredict.Scorecard.Conditions;

namespace LeadPredict.Scorecard.Rules;

/// <summary>A condition with a name: a criterion of sales qualification, or a reason to leave a lead out.</summary>
public sealed class NamedCondition
{
    internal NamedCondition(string name, Condition when)
    {
        Name = name;
        When = when;
    }

    /// <summary>Unique among its kind, without regard to case.</summary>
    public string Name { get; }

    /// <summary>When it holds, in plain words.</summary>
    public string Description => field ??= When.Describe();

    /// <summary>What it would take, in plain words.</summary>
    public string Needs => field ??= $"needs: {Description}";

    internal Condition When { get; }
}
