namespace LeadPredict.Training.Import.Rows;

/// <summary>A record that was merged into another where it comes from.</summary>
/// <param name="LeadId">The lead of the record.</param>
/// <param name="Into">The lead of the other one.</param>
/// <param name="Reason">Why the two are one.</param>
internal sealed record MergedLead(string LeadId, string Into, string Reason);
