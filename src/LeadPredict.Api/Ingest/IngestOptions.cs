namespace LeadPredict.Api.Ingest;

/// <summary>What the service needs to know of those who send history.</summary>
public sealed record IngestOptions
{
    /// <summary>
    /// The secrets of sources by name (<c>hubspot</c>), several while one replaces another. A source that has one must prove itself with
    /// it and needs no key; another needs a key with scope <c>ingest</c>.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Secrets { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Where senders reach the service, <c>https://host[/path]</c>, for signatures over the address; null takes it from each request.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The company's own mapping, YAML; its entries come before those of the mapping that is shipped. Null for none.</summary>
    public string? Mapping { get; init; }

    /// <summary>How many deliveries are worked on at once; default 16. As many again may wait eight deep, others are answered 503.</summary>
    public int AtOnce { get; init; } = 16;
}
