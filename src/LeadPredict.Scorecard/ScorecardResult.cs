using LeadPredict.Funnel.Stages;

namespace LeadPredict.Scorecard;

/// <summary>What the rules say of one lead at one instant. Immutable.</summary>
/// <param name="Points">The total, a multiple of 0.125; exactly the sum of <paramref name="Items"/>.</param>
/// <param name="Fit">Points of the groups demographic and company, inside their limits and before the total's.</param>
/// <param name="Engagement">Points of the groups online, email and social, inside their limits and before the total's.</param>
/// <param name="Grade">Fit letter and engagement digit, A1 (best) to D4.</param>
/// <param name="Stage">The stage that the rules suggest: Lead, MarketingQualified, SalesAccepted or SalesQualified.</param>
/// <param name="Items">Every rule that gave or took points, every limit that changed a sum, in the order of the card.</param>
/// <param name="SqlCriteria">Every criterion of sales qualification and whether it holds, in the order of the card.</param>
public sealed record ScorecardResult(
    double Points,
    double Fit,
    double Engagement,
    string Grade,
    Stage Stage,
    IReadOnlyList<ScorecardItem> Items,
    IReadOnlyList<CriterionResult> SqlCriteria)
{
    /// <summary>Why the rules suggest <see cref="Stage"/>, in a sentence.</summary>
    public string Because { get; init; } = "";
}

/// <summary>One line of the sum.</summary>
/// <param name="Rule">The rule's name, or <c>limit of ...</c> where a limit changed a sum.</param>
/// <param name="Group">The group's title, or <c>total</c>.</param>
/// <param name="Points">What it adds, negative when it takes away.</param>
/// <param name="Because">What in the lead's history makes it so.</param>
/// <param name="Hits">How many hits counted; 0 for limits.</param>
public sealed record ScorecardItem(string Rule, string Group, double Points, string Because, int Hits);

/// <summary>One criterion of sales qualification.</summary>
/// <param name="Name">Its name in the card.</param>
/// <param name="Met">Whether it holds.</param>
/// <param name="Because">The evidence when it holds, otherwise what it would take.</param>
public sealed record CriterionResult(string Name, bool Met, string Because);
