using LeadPredict.Api.Boards;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Answers;

/// <summary>The call list, or a part of it.</summary>
/// <param name="AsOf">The instant the leads are scored at.</param>
/// <param name="Model">What scored them, or null while there is no model; then there are no leads.</param>
/// <param name="Goal">The stage that the chances are of reaching: <c>Won</c>, or <c>SalesQualified</c> where the model knows no wins, and then no call has a worth; null without a model.</param>
/// <param name="Currency">The currency of what a call is worth, or null when no won deal has an amount, or the model knows no wins.</param>
/// <param name="Total">How many open leads pass the filters.</param>
/// <param name="Leads">Those asked for, in order.</param>
public sealed record CallListAnswer(DateTimeOffset AsOf, ModelStamp? Model, Stage? Goal, string? Currency, int Total, IReadOnlyList<CallRow> Leads);
