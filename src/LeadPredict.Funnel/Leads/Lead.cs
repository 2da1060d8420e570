namespace LeadPredict.Funnel.Leads;

/// <summary>A person whom marketing may hand to sales. What is said of the lead over time is in its <see cref="LeadHistory"/>.</summary>
public sealed record Lead
{
    /// <summary>The identifier that the source of the lead gave it; unique and stable.</summary>
    public required string Id { get; init; }

    /// <summary>The company the lead belongs to, or null when unknown. Leads of one account never part in a split.</summary>
    public string? AccountId { get; init; }

    /// <summary>
    /// When we knew of which company the lead is, where that was told later than the lead itself; null where it is known as long as the lead. Before it the lead has no
    /// company and no colleagues, and is none.
    /// </summary>
    public DateTimeOffset? AccountKnownAt { get; init; }

    /// <summary>Where the lead came from (for example <c>organic_search</c>), or null when unknown. Known from creation on.</summary>
    public string? Source { get; init; }

    /// <summary>When the lead came into being.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When we knew of the lead.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Whether nobody said when we knew, so that <see cref="RecordedAt"/> only supposes it; default false. Asked when it is added; not kept.</summary>
    public bool IsRecordedSupposed { get; init; }

    /// <summary>From when on it counts as known: the later of came into being and recorded.</summary>
    public DateTimeOffset KnownAt => CreatedAt > RecordedAt ? CreatedAt : RecordedAt;

    /// <summary>Whether it is known at an instant: it came into being before and was recorded before.</summary>
    public bool IsKnownAt(DateTimeOffset asOf) => KnownAt < asOf;

    /// <summary>From when on a lead counts as one of its account.</summary>
    internal DateTimeOffset CountsFrom => AccountKnownAt is { } told && told > KnownAt ? told : KnownAt;

    /// <summary>Whether the company of a lead that has one counts at an instant.</summary>
    public bool IsAccountKnownAt(DateTimeOffset asOf) => AccountKnownAt is not { } told || told < asOf;

    /// <summary>A value that the lead has since its creation, and that is known as long as the lead is.</summary>
    /// <param name="name">The attribute's name, for example <c>jobTitle</c>.</param>
    /// <param name="value">The value.</param>
    public AttributeChange Initially(string name, AttributeValue value) =>
        new() { LeadId = Id, Name = name, Value = value, OccurredAt = CreatedAt, RecordedAt = RecordedAt };
}

/// <summary>A company.</summary>
public sealed record Account
{
    /// <summary>Unique and stable.</summary>
    public required string Id { get; init; }

    /// <summary>The company's name, or null when unknown.</summary>
    public string? Name { get; init; }

    /// <summary>The company's internet domain, or null when unknown.</summary>
    public string? Domain { get; init; }

    /// <summary>When the account came into being.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When we knew of it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
