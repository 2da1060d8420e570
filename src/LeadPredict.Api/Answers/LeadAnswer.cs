using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Answers;

/// <summary>A lead with all that the store has of it. <c>lead</c>, <c>touches</c>, <c>transitions</c> and <c>outcomes</c> have the form that <c>/v1/score</c> takes, and can be sent there unless they are more, or have longer texts, than a request may hold.</summary>
/// <param name="Lead">The lead and its attributes over time.</param>
/// <param name="Touches">In order of time.</param>
/// <param name="Transitions">In order of time.</param>
/// <param name="Outcomes">In order of time.</param>
/// <param name="Account">The company, or null.</param>
public sealed record LeadAnswer(
    LeadBody Lead,
    IReadOnlyList<TouchBody> Touches,
    IReadOnlyList<TransitionBody> Transitions,
    IReadOnlyList<OutcomeBody> Outcomes,
    AccountBody? Account)
{
    internal static LeadAnswer Of(AccountHistory account, LeadHistory history) => new(
        new()
        {
            Id = history.Lead.Id,
            AccountId = history.Lead.AccountId,
            Source = history.Lead.Source,
            CreatedAt = history.Lead.CreatedAt,
            RecordedAt = history.Lead.RecordedAt,
            Attributes = history.Attributes
                .GroupBy(change => change.Name, StringComparer.OrdinalIgnoreCase)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .ToDictionary(
                    group => group.Key,
                    group => (object?)group.Select(change => new AttributeBody(ValueOf(change.Value), change.OccurredAt, change.RecordedAt)).ToArray(),
                    StringComparer.OrdinalIgnoreCase),
        },
        [.. history.Touches.Select(touch => new TouchBody
        {
            Id = touch.Id,
            Type = touch.Type,
            OccurredAt = touch.OccurredAt,
            RecordedAt = touch.RecordedAt,
            Properties = touch.Properties.OrderBy(property => property.Key, StringComparer.Ordinal)
                .ToDictionary(property => property.Key, property => ValueOf(property.Value), StringComparer.Ordinal),
        })],
        [.. history.Transitions.Select(transition => new TransitionBody
        {
            Id = transition.Id,
            To = transition.To,
            OccurredAt = transition.OccurredAt,
            RecordedAt = transition.RecordedAt,
            Actor = transition.Actor,
            Reason = transition.Reason,
        })],
        [.. history.Outcomes.Select(outcome => new OutcomeBody
        {
            Id = outcome.Id,
            Won = outcome.Won,
            Amount = outcome.Amount,
            Currency = outcome.Currency,
            OccurredAt = outcome.OccurredAt,
            RecordedAt = outcome.RecordedAt,
        })],
        account.Account is { } company ? new(company.Id, company.Name, company.Domain) : null);

    private static object? ValueOf(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Text => value.Text,
        AttributeKind.Number => value.Number,
        AttributeKind.Boolean => value.Boolean,
        _ => null,
    };
}
