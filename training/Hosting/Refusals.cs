using LeadPredict.Api.Ingest.Mapping;
using LeadPredict.Api.Requests;
using LeadPredict.Artifacts;
using LeadPredict.Features;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Learning.Training;
using LeadPredict.Scorecard.Reading;
using LeadPredict.Scoring;
using LeadPredict.Storage.Errors;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Hosting;

/// <summary>Which exceptions are the user's to mend, and what to tell.</summary>
internal static class Refusals
{
    // What Linux and macOS call EPIPE; the runtime hands the system's number on.
    private const int BrokenPipe = 32;

    /// <summary>The message of a refusal, or null when the exception is a bug.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        RefusalException or HandOffRefusedException => exception.Message,
        ScorecardFormatException or StorageException or CsvException or RecipeException => exception.Message,
        IngestMappingException or ArtifactException or ScoringException or RequestFaultsException => exception.Message,
        FeatureSchemaException or MissingColumnsException => exception.Message,
        InsufficientExamplesException or TrainerOptionException => exception.Message,
        DirectoryNotFoundException => $"{exception.Message} Make the folder, or give another.",

        // Of a file its name is told.
        UnauthorizedAccessException when !exception.Message.Contains('\'') => "Standard output cannot be written; is it closed?",
        FileNotFoundException or UnauthorizedAccessException => exception.Message,

        IOException { HResult: BrokenPipe } => "What reads the output ended before all of it was written.",

        // A full disk, a name that is too long, a share that went away.
        IOException => $"{exception.Message.TrimEnd('.')}. Make room or mend it, or give another place.",
        _ => null,
    };
}
