using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.Conditions;

namespace LeadPredict.Scorecard.Rules;

/// <summary>Points for a condition. Immutable.</summary>
public sealed class ScorecardRule
{
    internal ScorecardRule(
        string name, double points, Condition when, int repeats, double? limit, PointDecay? decay, Stage? signal)
    {
        Name = name;
        Points = points;
        When = when;
        Repeats = repeats;
        Limit = limit;
        OwnLimits = limit is { } most ? new(-most, most) : null;
        Decay = decay;
        Signal = signal;
    }

    /// <summary>Unique in the card, without regard to case.</summary>
    public string Name { get; }

    /// <summary>Points for each hit; negative ones are taken away. A multiple of 0.125; zero only for a pure signal.</summary>
    public double Points { get; }

    /// <summary>How many hits count, the latest first; 1 unless set.</summary>
    public int Repeats { get; }

    /// <summary>How far the rule's points may go from zero in their own direction, or null for no bound but the repeats.</summary>
    public double? Limit { get; }

    /// <summary>How the points fade, or null when they do not.</summary>
    public PointDecay? Decay { get; }

    /// <summary>The stage that a hit suggests by itself, whatever the points: MarketingQualified, SalesQualified, or null.</summary>
    public Stage? Signal { get; }

    /// <summary>When it counts, in plain words.</summary>
    public string Description => When.Describe();

    /// <summary>What its condition looks at, as <c>attribute jobTitle</c> or <c>touches</c>; of several conditions what the first looks at.</summary>
    public string Subject => When.Subject;

    internal Condition When { get; }

    internal PointLimits? OwnLimits { get; }

    internal CardNames? Names { get; init; }

    /// <summary>Whether a lead hits the rule, however long ago: limits and decay make less of its points, not of this.</summary>
    public bool Holds(Snapshot snapshot)
    {
        RuleFacts facts = Names!.NewFacts();
        facts.Turn(snapshot);
        return When.Holds(facts);
    }

    /// <summary>The points of the rule at its fullest, with its sign.</summary>
    internal double Extreme => Limit is { } limit
        ? Math.Sign(Points) * Math.Min(Math.Abs(Points) * Repeats, limit)
        : Points * Repeats;
}
