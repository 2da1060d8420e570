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
/// <param name="Status"><c>live</c>; <c>ready</c>, <c>degraded</c> (answers, but something is wrong) or <c>notReady</c>.</param>
/// <param name="Model">The model that answers, <c>name@version</c>, or null.</param>
/// <param name="Fault">What is wrong first of all, for example why a newer version was refused; null when all is well.</param>
/// <param name="Checks">What was looked at; null for <c>live</c>.</param>
public sealed record HealthAnswer(string Status, string? Model = null, string? Fault = null, IReadOnlyList<HealthCheck>? Checks = null);

/// <summary>One thing that the service needs.</summary>
/// <param name="Name"><c>model</c>, <c>store</c> or <c>disk</c>.</param>
/// <param name="Status"><c>good</c>, <c>failing</c> or <c>absent</c>.</param>
/// <param name="Detail">What is wrong, or null.</param>
public sealed record HealthCheck(string Name, string Status, string? Detail)
{
    internal const string Good = "good";
    internal const string Failing = "failing";
    internal const string Absent = "absent";
}
