using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Reasons;

namespace LeadPredict.Scoring.Changes;

/// <summary>Why a lead's score is another one than it was: the difference of two raw scores, split into what time, the lead, its colleagues and the model did.</summary>
/// <remarks>
/// The sums hold bit for bit: <c>Parts.Sum(Difference) == Difference == After.RawScore - Before.RawScore</c>, and in each part
/// <c>Contributions.Sum(Contribution) == Difference</c>. To make that so, raw scores and contributions are rounded to <see cref="ExactGrid"/>.
/// </remarks>
public sealed record ScoreChange
{
    /// <summary>The lead.</summary>
    public required string LeadId { get; init; }

    /// <summary>Which probability is explained, at both instants.</summary>
    public required ModelLink Link { get; init; }

    /// <summary>The score at the earlier instant, by the first model.</summary>
    public required ScoreMoment Before { get; init; }

    /// <summary>The score at the later instant, by the model compared against, or by the first where there is none.</summary>
    public required ScoreMoment After { get; init; }

    /// <summary>By how much the raw score rose, in log-odds.</summary>
    public required double Difference { get; init; }

    /// <summary>The parts in the order in which they are reckoned: time, lead, colleagues, model.</summary>
    public required IReadOnlyList<ChangePart> Parts { get; init; }

    /// <summary>What became known of the lead between the two instants.</summary>
    public required IReadOnlyList<ChangeFact> Facts { get; init; }

    /// <summary>What the reader should know, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>A score at one instant.</summary>
/// <param name="AsOf">The instant.</param>
/// <param name="Stage">The stage the lead was in.</param>
/// <param name="Model">What scored it.</param>
/// <param name="RawScore">In log-odds, rounded to <see cref="ExactGrid"/>.</param>
/// <param name="Probability">After calibration.</param>
public sealed record ScoreMoment(DateTimeOffset AsOf, Stage Stage, ModelStamp Model, double RawScore, double Probability);

/// <summary>What moved a score.</summary>
public enum ChangeCause
{
    /// <summary>Ageing: the earlier facts, looked at from the later instant.</summary>
    Time = 0,

    /// <summary>What happened to the lead, or became known of it, in between.</summary>
    Lead = 1,

    /// <summary>What happened to the account's other leads in between.</summary>
    Colleagues = 2,

    /// <summary>Another model: the later facts, scored by both.</summary>
    Model = 3,
}

/// <summary>One cause's share of the difference.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Difference">In log-odds; above 0 it raised the score.</param>
/// <param name="Contributions">The features behind it, strongest first; they add up to <paramref name="Difference"/>.</param>
public sealed record ChangePart(ChangeCause Cause, double Difference, IReadOnlyList<ChangeContribution> Contributions);

/// <summary>One feature's share of a part.</summary>
/// <param name="Feature">The feature's name in its schema, or <see cref="Base"/>.</param>
/// <param name="Group">The thing it is a variant of.</param>
/// <param name="Before">Its value before the cause, a number or a category; null when missing or unknown to the model.</param>
/// <param name="After">Its value after the cause.</param>
/// <param name="Contribution">By how much its contribution to the raw score rose, in log-odds.</param>
/// <param name="Text">The same in words.</param>
public sealed record ChangeContribution(string Feature, string Group, object? Before, object? After, double Contribution, string Text)
{
    /// <summary>The line for what belongs to no feature: the raw score that each model begins with.</summary>
    public const string Base = "(base)";
}

/// <summary>What became known of a lead.</summary>
/// <param name="Kind"><c>touch</c>, <c>attribute</c>, <c>transition</c> or <c>outcome</c>.</param>
/// <param name="What">The touch type, the attribute's name or the stage entered.</param>
/// <param name="Count">How often.</param>
/// <param name="First">The earliest that it happened.</param>
/// <param name="Last">The latest that it happened.</param>
/// <param name="Late">How many of them had happened before the earlier instant and were recorded after it.</param>
public sealed record ChangeFact(string Kind, string What, int Count, DateTimeOffset First, DateTimeOffset Last, int Late);
