using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Ingest;

/// <summary>A lead to add.</summary>
public sealed record LeadItem : LeadBody
{
    /// <summary>Its company, in place of <c>accountId</c>.</summary>
    public AccountBody? Account { get; init; }
}

/// <summary>A touch to add.</summary>
public sealed record TouchItem : TouchBody
{
    /// <summary>Whose it is; the touch waits until the lead is known.</summary>
    public required string LeadId { get; init; }
}

/// <summary>A stage decision to add.</summary>
public sealed record TransitionItem : TransitionBody
{
    /// <summary>Whose it is; the decision waits until the lead is known.</summary>
    public required string LeadId { get; init; }
}

/// <summary>What a deal was worth, to add.</summary>
public sealed record OutcomeItem : OutcomeBody
{
    /// <summary>Whose it is; the outcome waits until the lead is known.</summary>
    public required string LeadId { get; init; }
}
