namespace LeadPredict.Scoring.Comparison;

/// <summary>The leads by what model and rules hold of them, and who was right where they differ.</summary>
/// <remarks>
/// <em>High</em> is the best-ranked 20 % of each list. Leads of equal score at the edge are taken or left together, whichever comes nearer to 20 %, so the
/// two lists may differ in length; a scorecard that gives all leads the same points calls none high.
/// </remarks>
/// <param name="ModelHigh">Leads that the model ranks high.</param>
/// <param name="RulesHigh">Leads that the rules rank high.</param>
/// <param name="Quadrants">Both high, model alone, rules alone, neither: in this order, empty ones included.</param>
/// <param name="Right">Whose lone favourites converted more often, by more than chance; <see cref="Verdict.NoDifference"/> when that cannot be told.</param>
/// <param name="Sentence">The same in plain words.</param>
public sealed record DisagreementReport(
    int ModelHigh, int RulesHigh, IReadOnlyList<DisagreementQuadrant> Quadrants, Verdict Right, string Sentence);

/// <summary>Leads on which model and rules hold a pair of views.</summary>
/// <param name="ModelIsHigh">Whether the model ranks them high.</param>
/// <param name="RulesAreHigh">Whether the rules rank them high.</param>
/// <param name="N">Leads, 0 or more.</param>
/// <param name="Converted">Leads that converted.</param>
/// <param name="Rate"><paramref name="Converted"/> / <paramref name="N"/>; null without leads.</param>
/// <param name="RateLow">Lower end of the rate's 95 % interval (Wilson 1927).</param>
/// <param name="RateHigh">Upper end of it.</param>
/// <param name="Examples">Up to ten leads on which the two ranks lie farthest apart, the farthest first; none where model and rules agree.</param>
public sealed record DisagreementQuadrant(
    bool ModelIsHigh,
    bool RulesAreHigh,
    int N,
    int Converted,
    double? Rate,
    double RateLow,
    double RateHigh,
    IReadOnlyList<DisagreementLead> Examples);

/// <summary>One lead that model and rules rank apart.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="ModelProbability">The model's probability.</param>
/// <param name="ScorecardPoints">The rules' points.</param>
/// <param name="Converted">What became of it.</param>
public sealed record DisagreementLead(string LeadId, double ModelProbability, double ScorecardPoints, bool Converted);
