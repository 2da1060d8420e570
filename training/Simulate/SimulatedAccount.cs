using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Simulate;

/// <summary>One account's finished history with its truths. Rows may lie at or after the end of the history: those are not written.</summary>
/// <param name="Account">The company, or null for a person without one.</param>
/// <param name="Leads">Its leads in order of creation.</param>
/// <param name="Truths">One for every MQL episode, in order of time.</param>
internal sealed record SimulatedAccount(Account? Account, IReadOnlyList<SimulatedLead> Leads, IReadOnlyList<MqlTruth> Truths);
