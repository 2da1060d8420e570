using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Scoring.Leads;

/// <summary>The whole answer for one lead at one instant. The members stand in the order of the HTTP contract.</summary>
public sealed record LeadScore
{
    /// <summary>The lead.</summary>
    public required string LeadId { get; init; }

    /// <summary>The instant of the decision: only what was known before it counts.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The stage the lead was in at that instant.</summary>
    public required Stage Stage { get; init; }

    /// <summary>What scored it.</summary>
    public required ModelStamp Model { get; init; }

    /// <summary>The probabilities of the chain.</summary>
    public required LeadProbabilities Probabilities { get; init; }

    /// <summary>0 to 100: the share of reference leads whose final probability is lower, see <see cref="ScorePercentile"/>; null when the person objects.</summary>
    public required int? Score { get; init; }

    /// <summary>A to D by <see cref="Score"/>, see <see cref="ScoreGrade"/>; null when the person objects.</summary>
    public required string? Grade { get; init; }

    /// <summary>What the rules say, or null when the model was published without a scorecard.</summary>
    public required ScorecardScore? Scorecard { get; init; }

    /// <summary>Whether model and rules agree, see <see cref="Leads.Agreement"/>.</summary>
    public required Agreement Agreement { get; init; }

    /// <summary>What to do now.</summary>
    public required NextStep Next { get; init; }

    /// <summary>Which probability the reasons are of: the first undecided one; null when all is decided or no reasons were asked for.</summary>
    public required ModelLink? ReasonsOf { get; init; }

    /// <summary>The raw score of that probability in log-odds, before calibration, rounded to a multiple of 2^-40; null when all is decided.</summary>
    public required double? RawScore { get; init; }

    /// <summary>
    /// What an average lead's raw score is; with the contributions it adds up to <see cref="RawScore"/>, exactly and in any order, since all are multiples of
    /// 2^-40; null without reasons.
    /// </summary>
    public required double? BaseValue { get; init; }

    /// <summary>The strongest reasons first, then one line for all others; empty when all is decided or none were asked for.</summary>
    public required IReadOnlyList<ScoreReason> Reasons { get; init; }

    /// <summary>How the contributions are made and how to read them.</summary>
    public required string ReasonsMethod { get; init; }

    /// <summary>
    /// Whether nothing was predicted: because the lead is lost or disqualified, or because the person objects to being profiled. In the second
    /// case there are no probabilities, score, grade, rules or reasons.
    /// </summary>
    public required bool Abstained { get; init; }

    /// <summary>Why nothing was predicted of an open lead, or null.</summary>
    public string? AbstainedBecause { get; init; }

    /// <summary>What the reader should know, a sentence each: rows that were ignored, links that the funnel lacks.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>Which model scored.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version, from 1.</param>
/// <param name="Hash">The SHA-256 of its manifest.</param>
public sealed record ModelStamp(string Name, int Version, string Hash);

/// <summary>The probabilities of a lead: <c>0 &lt;= close &lt;= sql &lt;= 1</c>, of the values and of both ends.</summary>
/// <param name="Sql">P(SQL), or null where the funnel does not date that step.</param>
/// <param name="CloseGivenSql">P(close given SQL), or null for funnels of one link.</param>
/// <param name="Close">P(close), or null for a funnel that ends at SQL.</param>
public sealed record LeadProbabilities(ProbabilityEstimate? Sql, ProbabilityEstimate? CloseGivenSql, ProbabilityEstimate? Close);

/// <summary>What the rules say.</summary>
/// <param name="Version">The scorecard's own version.</param>
/// <param name="Points">The total; the items add up to it.</param>
/// <param name="Fit">The points of who the lead is.</param>
/// <param name="Engagement">The points of what the lead does.</param>
/// <param name="Grade">Fit letter and engagement digit, A1 to D4.</param>
/// <param name="Stage">The stage that the rules suggest.</param>
/// <param name="Because">Why they suggest it.</param>
/// <param name="Probability">The final probability that leads with these points had in training; null when it was not fitted or the lead is decided.</param>
/// <param name="Items">Every point given or taken.</param>
/// <param name="Criteria">Every criterion of sales qualification.</param>
public sealed record ScorecardScore(
    int Version,
    double Points,
    double Fit,
    double Engagement,
    string Grade,
    Stage Stage,
    string Because,
    double? Probability,
    IReadOnlyList<ScorecardPoint> Items,
    IReadOnlyList<ScorecardCriterion> Criteria);

/// <summary>One line of the scorecard's sum.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Group">Its group.</param>
/// <param name="Points">What it gave or took.</param>
/// <param name="Because">What in the history made it so.</param>
/// <param name="Hits">How many hits counted.</param>
public sealed record ScorecardPoint(string Rule, string Group, double Points, string Because, int Hits);

/// <summary>One criterion of sales qualification.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Met">Whether it holds.</param>
/// <param name="Because">The evidence, or what it would take.</param>
public sealed record ScorecardCriterion(string Name, bool Met, string Because);

/// <summary>What to do with a lead now.</summary>
/// <param name="Stage">The stage that the step works toward.</param>
/// <param name="Action">What to do.</param>
/// <param name="Owner">Who should: <c>marketing</c>, <c>sales development</c>, <c>sales</c>, <c>customer success</c> or <c>nobody</c>.</param>
/// <param name="Because">Why.</param>
public sealed record NextStep(Stage Stage, string Action, string Owner, string Because);

/// <summary>Why a raw score is what it is: one thing known of the lead, with all features made from it.</summary>
/// <param name="Feature">The thing, for example an attribute or a touch type; <see cref="AllOthers"/> for the rest taken together.</param>
/// <param name="Value">The value of its strongest feature: a number, a category, or null when missing.</param>
/// <param name="Contribution">What it adds to the raw score, in log-odds before calibration.</param>
/// <param name="Text">The same in plain words.</param>
public sealed record ScoreReason(string Feature, object? Value, double Contribution, string Text)
{
    /// <summary>What the line for all other features is called.</summary>
    public const string AllOthers = "(all others)";

    /// <summary>What that line says.</summary>
    public const string TextOfAllOthers = "everything else that is known";
}
