using LeadPredict.Funnel.Leads;

namespace LeadPredict.Funnel.Examples;

/// <summary>The examples of one account, beside the history to take their snapshots from.</summary>
/// <param name="Account">The history.</param>
/// <param name="Examples">By lead, then target, then AsOf; may be empty.</param>
/// <param name="Counts">What was left out.</param>
public sealed record AccountExamples(AccountHistory Account, IReadOnlyList<TrainingExample> Examples, ExampleCounts Counts);
