namespace LeadPredict.Features.Duplicates;

/// <summary>Two leads that seem to be one person, two accounts that seem to be one company, or a lead that seems to belong to an account.</summary>
/// <param name="Kind"><c>lead</c>, <c>account</c> or <c>attach</c>.</param>
/// <param name="Keep">What both would be read as.</param>
/// <param name="Merge">What would be read as it.</param>
/// <param name="Because">Why, without the address, number or name itself.</param>
public sealed record DuplicateProposal(string Kind, string Keep, string Merge, string Because);
