using LeadPredict.Api.Ingest.Signatures;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>A system that sends history in shapes of its own.</summary>
internal abstract class ForeignSource
{
    /// <summary>As in <c>/v1/ingest/{source}</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it sends, for the interface's description.</summary>
    public abstract string Summary { get; }

    /// <summary>The source whose section of the mapping holds for this one too, before its own; null for none.</summary>
    public virtual string? AlsoMappedBy => null;

    /// <summary>How it proves itself where it has a secret.</summary>
    public virtual ISignature Signature => StandardSignature.Instance;

    /// <summary>Reads a delivery.</summary>
    /// <exception cref="Requests.RequestFaultsException">The body as a whole is not what the source sends.</exception>
    public abstract List<IngestItem> Read(IngestBody body, HttpRequest request, ForeignRows rows);
}

/// <summary>The sources that are known.</summary>
internal static class ForeignSources
{
    public static readonly IReadOnlyList<ForeignSource> All =
        [new HubSpotWebhook(), new HubSpotHistory(), new Salesforce(), new Segment(), new Mautic(), new Marketo(), new CloudEvents()];

    /// <summary>Their names.</summary>
    public static readonly IReadOnlyList<string> Names = [.. All.Select(source => source.Name)];
}
