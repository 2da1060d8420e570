using System.Text.Json;
using System.Text.Json.Serialization;
using LeadPredict.Artifacts;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage.Merges;

namespace LeadPredict.Api.Answers;

/// <summary>How answers are written: camelCase, stages and kinds by name, numbers that read back to the same bits, instants in UTC.</summary>
public static class AnswerJson
{
    /// <summary>The options; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    internal static JsonWriterOptions WriterOptions { get; } = new() { SkipValidation = true };

    /// <summary>Sets the same on other options.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new JsonStringEnumConverter<Stage>());
        options.Converters.Add(new JsonStringEnumConverter<MergeKind>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<ArtifactKind>());
        options.Converters.Add(new JsonStringEnumConverter<Agreement>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<ModelLink>(JsonNamingPolicy.CamelCase));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
