using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadPredict.Api.Answers;

/// <summary>Instants in UTC with <c>Z</c> and no needless zeros.</summary>
public sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>How an instant is written.</summary>
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
    }
}
