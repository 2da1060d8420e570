using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Leads;

/// <summary>A row of history: it happened at one instant and was known from another.</summary>
public abstract record HistoryRow
{
    /// <summary>The lead it is about.</summary>
    public required string LeadId { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When we knew; never trusted to be after <see cref="OccurredAt"/>.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>From when on it counts as known: the later of happened and recorded.</summary>
    public DateTimeOffset KnownAt => OccurredAt > RecordedAt ? OccurredAt : RecordedAt;
}

/// <summary>Something a lead did or received.</summary>
public sealed record Touch : HistoryRow
{
    private static readonly IReadOnlyDictionary<string, AttributeValue> None = new Dictionary<string, AttributeValue>();

    /// <summary>Unique over all touches: a touch sent twice is one touch.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="TouchTypes"/> or any that a company adds, written as <see cref="TouchTypes.Of"/> has it: lower case with underscores.</summary>
    public required string Type { get; init; }

    /// <summary>What is known of it, such as <c>page = pricing</c>; never null.</summary>
    public IReadOnlyDictionary<string, AttributeValue> Properties { get; init; } = None;
}

/// <summary>An attribute that took a value. Attributes have history: the value at an instant is the latest one known by then.</summary>
public sealed record AttributeChange : HistoryRow
{
    /// <summary>The attribute's name, for example <c>jobTitle</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The new value; missing when the attribute was cleared.</summary>
    public required AttributeValue Value { get; init; }

    /// <summary>
    /// When the value was read off the lead as it stood, where <see cref="HistoryRow.OccurredAt"/> only supposes that it had it before; null where that is known.
    /// Asked when a row is added; not kept.
    /// </summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Whether nobody said when the value was known, so that <see cref="HistoryRow.RecordedAt"/> only supposes it; default false. Asked when a row is added; not kept.</summary>
    public bool IsRecordedSupposed { get; init; }
}

/// <summary>A decision that moved a lead to a stage. Backward moves are ordinary.</summary>
public sealed record StageTransition : HistoryRow
{
    /// <summary>Unique over all transitions.</summary>
    public required string Id { get; init; }

    /// <summary>The stage entered.</summary>
    public required Stage To { get; init; }

    /// <summary>Who decided (a person, a team or a rule), or null when unknown.</summary>
    public string? Actor { get; init; }

    /// <summary>Why, or null when not said.</summary>
    public string? Reason { get; init; }
}

/// <summary>What a won or lost lead was worth. The stage itself is told by the transition that goes with it.</summary>
public sealed record Outcome : HistoryRow
{
    /// <summary>The largest amount, of either sign, in any currency: no deal is worth more, and sums of such stay exact.</summary>
    public const decimal LargestAmount = 1_000_000_000_000_000;

    /// <summary>Unique over all outcomes.</summary>
    public required string Id { get; init; }

    /// <summary>Whether the deal was won.</summary>
    public required bool Won { get; init; }

    /// <summary>The deal's amount, up to <see cref="LargestAmount"/>, or null when unknown.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The amount's currency as an ISO 4217 code, in capitals whatever it was given as, or null when unknown.</summary>
    public string? Currency { get; init => field = value?.ToUpperInvariant(); }
}
