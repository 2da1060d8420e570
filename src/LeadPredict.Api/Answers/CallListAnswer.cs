using LeadPredict.Api.Boards;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Answers;

/// <summary>The call list, or a part of it.</summary>
/// <param name="AsOf">The instant the leads are scored at.</param>
/// <param name="Model">What scored them, or null while there is no model; then there are no leads.</param>
/// <param name="Currency">The currency of what a call is worth, or null when no won deal has an amount.</param>
/// <param name="Total">How many open leads pass the filters.</param>
/// <param name="Leads">Those asked for, in order.</param>
public sealed record CallListAnswer(DateTimeOffset AsOf, ModelStamp? Model, string? Currency, int Total, IReadOnlyList<CallRow> Leads);
