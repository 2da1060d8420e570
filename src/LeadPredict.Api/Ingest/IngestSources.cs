using LeadPredict.Api.Ingest.Mapping;
using LeadPredict.Api.Ingest.Sources;

namespace LeadPredict.Api.Ingest;

/// <summary>The sources of <c>/v1/ingest/{source}</c>.</summary>
public static class IngestSources
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => ForeignSources.Names;

    /// <summary>What their events, fields and stages mean unless the company says otherwise: YAML, with an explanation.</summary>
    public static string DefaultMapping => IngestMapping.DefaultYaml;
}
