using LeadPredict.Scoring.Engines;

namespace LeadPredict.Scoring.Leads;

/// <summary>The probabilities of a sheet, as <see cref="LeadProbabilities"/> has them.</summary>
/// <param name="Sql">P(SQL), or null where the funnel does not date that step.</param>
/// <param name="CloseGivenSql">P(close given SQL), or null for funnels of one link.</param>
/// <param name="Close">P(close), or null for a funnel that ends at SQL.</param>
public readonly record struct SheetProbabilities(ProbabilityEstimate? Sql, ProbabilityEstimate? CloseGivenSql, ProbabilityEstimate? Close);
