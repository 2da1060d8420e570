using LeadPredict.Funnel.Stages;

namespace LeadPredict.Api.Requests;

/// <summary>A request to score: a lead with its history, or the identifier of one of the store.</summary>
public sealed record ScoreBody
{
    /// <summary>The instant of the decision: ISO 8601 with or without zone (then UTC), or epoch milliseconds. Default now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>A lead of the store; then nothing but asOf may stand beside it.</summary>
    public string? LeadId { get; init; }

    /// <summary>The lead itself.</summary>
    public LeadBody? Lead { get; init; }

    /// <summary>What it did or received; at most 10,000.</summary>
    public IReadOnlyList<TouchBody>? Touches { get; init; }

    /// <summary>Its way through the stages; at most 1,000.</summary>
    public IReadOnlyList<TransitionBody>? Transitions { get; init; }

    /// <summary>What its deals were worth; at most 1,000.</summary>
    public IReadOnlyList<OutcomeBody>? Outcomes { get; init; }
}

/// <summary>A lead.</summary>
public record LeadBody
{
    /// <summary>Its identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Its company's identifier.</summary>
    public string? AccountId { get; init; }

    /// <summary>Where it came from, for example <c>organic_search</c>.</summary>
    public string? Source { get; init; }

    /// <summary>When it came into being.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When we knew; default createdAt.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>By name: text, a number, true or false, or null; or an array of <c>{value, occurredAt, recordedAt}</c> where it changed over time.</summary>
    public IReadOnlyDictionary<string, object?>? Attributes { get; init; }
}

/// <summary>A value that an attribute took.</summary>
/// <param name="Value">Text, a number, true or false; null where it was cleared.</param>
/// <param name="OccurredAt">When it took it.</param>
/// <param name="RecordedAt">When we knew.</param>
public sealed record AttributeBody(object? Value, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt);

/// <summary>Something a lead did or received.</summary>
public record TouchBody
{
    /// <summary>Its identifier: a touch sent twice is one touch.</summary>
    public string? Id { get; init; }

    /// <summary>For example <c>page_view</c>; a company may add types of its own.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When we knew; default occurredAt.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>By name: text, a number, true or false, or null.</summary>
    public IReadOnlyDictionary<string, object?>? Properties { get; init; }
}

/// <summary>A decision that moved the lead to a stage.</summary>
public record TransitionBody
{
    /// <summary>Its identifier.</summary>
    public string? Id { get; init; }

    /// <summary>The stage entered.</summary>
    public required Stage To { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When we knew; default occurredAt.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>Who decided.</summary>
    public string? Actor { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}

/// <summary>What a won or lost lead was worth.</summary>
public record OutcomeBody
{
    /// <summary>Its identifier.</summary>
    public string? Id { get; init; }

    /// <summary>Whether the deal was won.</summary>
    public required bool Won { get; init; }

    /// <summary>Its amount.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The amount's currency, ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When we knew; default occurredAt.</summary>
    public DateTimeOffset? RecordedAt { get; init; }
}

/// <summary>A company.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Domain">Its internet domain.</param>
public sealed record AccountBody(string Id, string? Name = null, string? Domain = null);
