using System.Text.Json;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Artifacts.Format;

/// <summary>The funnel a model was learned for: its dated steps, horizons in days and left-truncation date in microseconds.</summary>
internal static class FunnelCodec
{
    public static void Write(Utf8JsonWriter json, string name, FunnelDefinition? funnel)
    {
        if (funnel is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteStartArray("steps");
        json.WriteStringValue(funnel.Entry.ToString());
        foreach (FunnelLink link in funnel.Links)
        {
            json.WriteStringValue(link.To.ToString());
        }

        json.WriteEndArray();
        WriteNumber(json, "qualifyHorizonDays", funnel.Qualify?.Horizon.TotalDays);
        WriteNumber(json, "closeHorizonDays", funnel.Close?.Horizon.TotalDays);
        if (funnel.Start is { } start)
        {
            json.WriteNumber("startMicroseconds", UtcTime.ToMicroseconds(start));
        }
        else
        {
            json.WriteNull("startMicroseconds");
        }

        json.WriteEndObject();
    }

    public static FunnelDefinition Read(JsonPlace place)
    {
        place.Object("steps", "qualifyHorizonDays", "closeHorizonDays", "startMicroseconds");
        Stage[] steps = [.. place.Member("steps").Items(3).Select(step => step.Word<Stage>())];
        try
        {
            return FunnelDefinition.Create(
                steps,
                Days(place.Optional("qualifyHorizonDays")),
                Days(place.Optional("closeHorizonDays")),
                place.Optional("startMicroseconds") is { } start ? UtcTime.Normalize(UtcTime.FromMicroseconds(start.LongInteger())) : null);
        }
        catch (ArgumentException fault)
        {
            throw new ModelFormatException(place.File, place.Pointer, fault.Message, "a funnel of two or three steps", fault);
        }
    }

    private static TimeSpan? Days(JsonPlace? place) => place is { } days
        ? days.Number() is var value && value is >= 1 and <= 1000 ? TimeSpan.FromDays(value) : throw days.Fault("a horizon out of range", "1 to 1,000 days")
        : null;

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
