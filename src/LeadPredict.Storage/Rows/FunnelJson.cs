using System.Text.Json;
using System.Text.Json.Serialization;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Storage.Rows;

/// <summary>The funnel definition as JSON: its steps by name, horizons in days, the start date.</summary>
internal static class FunnelJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<Stage>() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(FunnelDefinition funnel) => JsonSerializer.Serialize(
        new Form(
            [funnel.Entry, .. funnel.Links.Select(link => link.To)],
            funnel.Qualify?.Horizon.TotalDays,
            funnel.Close?.Horizon.TotalDays,
            funnel.Start),
        Options);

    public static FunnelDefinition Read(string json)
    {
        Form form = JsonSerializer.Deserialize<Form>(json, Options)!;
        return FunnelDefinition.Create(form.Steps, Days(form.QualifyHorizonDays), Days(form.CloseHorizonDays), form.Start);
    }

    private static TimeSpan? Days(double? days) => days is { } length ? TimeSpan.FromDays(length) : null;

    private sealed record Form(Stage[] Steps, double? QualifyHorizonDays, double? CloseHorizonDays, DateTimeOffset? Start);
}
