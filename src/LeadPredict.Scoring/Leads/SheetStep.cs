using LeadPredict.Funnel.Stages;

namespace LeadPredict.Scoring.Leads;

/// <summary>What to do with a lead now.</summary>
/// <param name="Stage">The stage that the step works toward.</param>
/// <param name="Action">What to do.</param>
/// <param name="Owner">Who should.</param>
/// <param name="Because">Why; null where it is the score, <see cref="ScoreSheet.Telling"/> and what the rules say.</param>
public readonly record struct SheetStep(Stage Stage, string Action, string Owner, string? Because);
