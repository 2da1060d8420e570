using System.Text.Json;
using System.Text.Json.Serialization;
using LeadPredict.Api.Answers;
using LeadPredict.Scorecard;
using LeadPredict.Scorecard.Reading;

namespace LeadPredict.Api.Boards;

/// <summary>Boards and rows of the call list as texts that the store keeps.</summary>
internal static class BoardJson
{
    private static readonly JsonSerializerOptions Options = Create();

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <returns>What <see cref="Write"/> wrote, or null where another version of this service wrote something else.</returns>
    public static T? Read<T>(string? text)
        where T : class
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<T>(text, Options);
        }
        catch (Exception other) when (other is JsonException or NotSupportedException or ScorecardFormatException)
        {
            return null;
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        AnswerJson.Configure(options);
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.Converters.Add(new CardConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>A card is its file.</summary>
    private sealed class CardConverter : JsonConverter<ScorecardDefinition>
    {
        public override ScorecardDefinition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ScorecardDefinition.Parse(reader.GetString()!, "kept card");

        public override void Write(Utf8JsonWriter writer, ScorecardDefinition value, JsonSerializerOptions options) => writer.WriteStringValue(value.Yaml);
    }
}
