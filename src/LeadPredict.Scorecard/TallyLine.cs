using LeadPredict.Scorecard.Rules;

namespace LeadPredict.Scorecard;

/// <summary>One line of a sum in numbers.</summary>
/// <param name="Group">The group's title, or the total's.</param>
/// <param name="Points">What it adds.</param>
/// <param name="Rule">The rule, or null for the limit of a group or of the total.</param>
/// <param name="Number">The rule's place among all rules of the card, or <see cref="NoRule"/> for a limit.</param>
/// <param name="Hits">How many hits counted.</param>
/// <param name="Touches">How many touches fit, of a rule of touches.</param>
/// <param name="Latest">The latest of them (UTC ticks).</param>
/// <param name="IsLimit">Whether it is a limit that changed a sum.</param>
/// <param name="Kept">What the limit left.</param>
public readonly record struct TallyLine(
    string Group, double Points, ScorecardRule? Rule, int Number = TallyLine.NoRule, int Hits = 0, int Touches = 0, long Latest = 0, bool IsLimit = false, double Kept = 0)
{
    /// <summary>The number of a line that is no rule's.</summary>
    public const int NoRule = -1;
}
