using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadPredict.Features;

/// <summary>The JSON form of a schema. Property order follows the declarations, so the bytes are canonical.</summary>
internal static partial class FeatureSchemaJson
{
    // What reads and writes it is made when compiling: made at run time it took a tenth of the service's start.
    private static readonly SchemaContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    });

    public static string Write(FeatureSchema schema) => JsonSerializer.Serialize(
        new Form(FeatureSchema.CurrentFormat, schema.Mode, schema.MissingWords, schema.Features), Context.Form);

    public static FeatureSchema Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            Form form = JsonSerializer.Deserialize(json, Context.Form)
                ?? throw new FeatureSchemaException("the feature schema is null; expected an object");
            return form.Format == FeatureSchema.CurrentFormat
                ? new(form.Mode, form.Features, form.MissingWords)
                : throw new FeatureSchemaException(
                    $"feature schema of format {form.Format}; this version reads format {FeatureSchema.CurrentFormat}");
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            throw new FeatureSchemaException($"not a feature schema: {fault.Message}", fault);
        }
    }

    internal sealed record Form(
        [property: JsonRequired] int Format,
        [property: JsonRequired] SchemaMode Mode,
        [property: JsonRequired] IReadOnlyList<string> MissingWords,
        [property: JsonRequired] IReadOnlyList<FeatureDefinition> Features);

    [JsonSerializable(typeof(Form))]
    private sealed partial class SchemaContext : JsonSerializerContext;
}
