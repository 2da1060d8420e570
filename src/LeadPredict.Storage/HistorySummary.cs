namespace LeadPredict.Storage;

/// <summary>How much history there is, and from when to when.</summary>
public sealed record HistorySummary
{
    /// <summary>Companies of which something is known.</summary>
    public long Accounts { get; init; }

    /// <summary>Leads.</summary>
    public long Leads { get; init; }

    /// <summary>Touches.</summary>
    public long Touches { get; init; }

    /// <summary>Attribute changes.</summary>
    public long Attributes { get; init; }

    /// <summary>Stage transitions.</summary>
    public long Transitions { get; init; }

    /// <summary>Outcomes.</summary>
    public long Outcomes { get; init; }

    /// <summary>The earliest that anything happened (a lead's creation included), or null when there is nothing.</summary>
    public DateTimeOffset? FirstOccurredAt { get; init; }

    /// <summary>The latest that anything happened (a lead's creation included), or null when there is nothing.</summary>
    public DateTimeOffset? LastOccurredAt { get; init; }

    /// <summary>The latest that anything was recorded, or is said to be: it may lie ahead. Null when there is nothing.</summary>
    public DateTimeOffset? LastRecordedAt { get; init; }
}
