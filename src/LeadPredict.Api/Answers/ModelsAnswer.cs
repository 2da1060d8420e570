using System.Text.Json;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Pool;

namespace LeadPredict.Api.Answers;

/// <summary>The models that there are and those that answer.</summary>
/// <param name="Default">The model that answers where a request names none, or null while there is none.</param>
/// <param name="Models">Every version, ordered by name and version.</param>
/// <param name="Engines">Every engine that serves or should.</param>
public sealed record ModelsAnswer(string? Default, IReadOnlyList<ModelVersionSummary> Models, IReadOnlyList<EngineStatus> Engines);

/// <summary>A model's comparison with the scorecard on the same later leads.</summary>
/// <param name="Model">The model.</param>
/// <param name="Comparison">As it was stored at training.</param>
public sealed record ComparisonAnswer(ModelStamp Model, JsonElement Comparison);

/// <summary>Whether the service can answer.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c> or <c>notReady</c>.</param>
/// <param name="Model">The model that answers, <c>name@version</c>, or null.</param>
/// <param name="Fault">Why a newer version was refused, or why there is no model; null when all is well.</param>
public sealed record HealthAnswer(string Status, string? Model = null, string? Fault = null);
