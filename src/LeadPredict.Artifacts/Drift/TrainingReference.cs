using System.Collections.Immutable;
using System.Text.Json;
using LeadPredict.Learning.Drift;

namespace LeadPredict.Artifacts.Drift;

/// <summary>What a model learned from, in outline: what later rows are held against. Stands in <c>metrics.json</c> as <c>training</c>. Immutable.</summary>
/// <param name="BaseRate">The share of training rows that converted; of a history, of leads at the hand-over, by the funnel's last question.</param>
/// <param name="Columns">How each feature was spread, in the order of the schema.</param>
/// <param name="Rows">How many training rows there were; 0 in files that do not tell.</param>
public sealed record TrainingReference(double BaseRate, ImmutableArray<ColumnShape> Columns, long Rows = 0)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>A model's reference, or null where it was published without one that fits its schema.</summary>
    public static TrainingReference? Of(ModelArtifact model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using JsonDocument metrics = JsonDocument.Parse(model.MetricsJson);
        TrainingReference? reference = metrics.RootElement.ValueKind == JsonValueKind.Object && metrics.RootElement.TryGetProperty("training", out JsonElement training)
            ? training.Deserialize<TrainingReference>(Options)
            : null;
        return reference?.Columns.Length == model.Schema.Features.Count ? reference : null;
    }
}
