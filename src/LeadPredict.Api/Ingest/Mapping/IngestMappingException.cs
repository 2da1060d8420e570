namespace LeadPredict.Api.Ingest.Mapping;

/// <summary>A mapping cannot be used; the message names file, line, column, what was found and what was expected, all faults at once.</summary>
public sealed class IngestMappingException : Exception
{
    internal IngestMappingException(string message)
        : base(message)
    {
    }
}
