namespace LeadPredict.Api.Ingest.Mapping;

/// <summary>What events, fields and stages of the sources mean: the mapping that is shipped, and before it the company's own.</summary>
internal sealed class IngestMapping
{
    private const string Shipped = "default-ingest-mapping.yaml";
    private readonly IReadOnlyDictionary<string, SourceMapping> _sources;

    private IngestMapping(IReadOnlyDictionary<string, SourceMapping> sources) => _sources = sources;

    /// <summary>The text of the mapping that is shipped.</summary>
    public static string DefaultYaml { get; } = ReadShipped();

    /// <param name="own">The company's own mapping, YAML, or null.</param>
    /// <exception cref="IngestMappingException">It is wrong.</exception>
    public static IngestMapping Read(string? own)
    {
        var sources = IngestMappingReader.Read(DefaultYaml, Shipped, new Dictionary<string, SourceMapping>());
        return new(own is null ? sources : IngestMappingReader.Read(own, "the ingest mapping", sources));
    }

    /// <summary>The mapping of a source; one of which nothing is said keeps everything under its own name.</summary>
    public SourceMapping Of(string source) => _sources.GetValueOrDefault(source) ?? new();

    private static string ReadShipped()
    {
        using Stream stream = typeof(IngestMapping).Assembly.GetManifestResourceStream(Shipped)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
