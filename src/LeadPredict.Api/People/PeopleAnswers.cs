using LeadPredict.Features.Duplicates;
using LeadPredict.Storage.Merges;

namespace LeadPredict.Api.People;

/// <summary>Whether a person objects.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Objects">Whether the person objects to being profiled.</param>
/// <param name="At">Since when.</param>
public sealed record ObjectionAnswer(string LeadId, bool Objects, DateTimeOffset At);

/// <summary>Whom to forget; one of the two.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Email">The address.</param>
public sealed record ForgetBody(string? LeadId = null, string? Email = null);

/// <summary>What to read as one.</summary>
/// <param name="Keep">What both are read as.</param>
/// <param name="Merge">The other one.</param>
/// <param name="Kind"><c>lead</c> (default), <c>account</c> or <c>attach</c>.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record MergeBody(string Keep, string Merge, string? Kind = null, string? Reason = null);

/// <summary>What seems to be there twice, and what was merged.</summary>
/// <param name="Proposals">The surest first; at most 1,000.</param>
/// <param name="Found">How many there are in all.</param>
/// <param name="Merges">Every merge, undone ones too.</param>
public sealed record DuplicatesAnswer(IReadOnlyList<DuplicateProposal> Proposals, int Found, IReadOnlyList<Merge> Merges);
