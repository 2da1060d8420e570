using LeadPredict.Api.Answers;
using LeadPredict.Api.Faces;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Health;
using LeadPredict.Api.Metrics;
using LeadPredict.Api.OpenApi;
using LeadPredict.Api.Security;
using LeadPredict.Artifacts;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Endpoints;

/// <summary>The faces of other model servers, for clients that speak their protocols: Open Inference Protocol v2 and MLflow.</summary>
internal static class FaceEndpoints
{
    private static readonly string Version = typeof(FaceEndpoints).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static void MapFaces(this WebApplication app)
    {
        RouteGroupBuilder open = app.MapGroup(InferenceProtocol.Root).WithTags("faces").AllowWithoutKey();
        open.MapGet("", () => Results.Json(new InferenceServer("leadpredict", Version, []), AnswerJson.Options)).WithName("v2Server").Produces<InferenceServer>();
        open.MapGet("/health/live", () => Results.Json(new InferenceHealth(true), AnswerJson.Options)).WithName("v2Live").Produces<InferenceHealth>();
        open.MapGet("/health/ready", async (HealthReport report, CancellationToken cancellation) => await IsReadyAsync(report, cancellation)
                ? Results.Json(new InferenceHealth(true, true), AnswerJson.Options)
                : Results.StatusCode(503))
            .WithName("v2Ready").Produces<InferenceHealth>().ProducesProblems(503);
        MapModel(app.MapGroup(InferenceProtocol.Root + "/models/{name}").WithTags("faces").RequireScope(AccessScopes.Score));
        MapVersion(app.MapGroup(InferenceProtocol.Root + "/models/{name}/versions/{version}").WithTags("faces").RequireScope(AccessScopes.Score));

        app.MapPost("/invocations", InvokeAsync)
            .RequireScope(AccessScopes.Score)
            .WithName("invocations")
            .WithTags("faces")
            .WithSummary("MLflow's scoring protocol; each record is a request to score, or a row of the model's table")
            .Accepts<EitherOf<MlflowBody, MlflowTable>>("application/json")
            .Produces<EitherOf<MlflowAnswer, MlflowRowAnswer>>()
            .ProducesProblems(400, 404, 413, 415, 429, 503);
        app.MapGet("/ping", async (HealthReport report, CancellationToken cancellation) => await IsReadyAsync(report, cancellation) ? Results.Ok() : Results.StatusCode(503))
            .AllowWithoutKey().WithName("ping").WithTags("faces").Produces(200).ProducesProblems(503);
        app.MapGet("/version", () => Results.Text(Version)).AllowWithoutKey().WithName("version").WithTags("faces").Produces<string>(200, "text/plain");
    }

    private static void MapModel(RouteGroupBuilder model)
    {
        model.MapGet("", (string name, ServedModels models) => Describe(models.RentAny(name))).WithName("v2Model").Describes();
        model.MapGet("/ready", (string name, ServedModels models) => Ready(models.RentAny(name))).WithName("v2ModelReady").TellsReady();
        model.MapPost("/infer", async (string name, HttpRequest request, ServedModels models, FaceScores scores, ServiceMetrics metrics, CancellationToken cancellation) =>
            await InferAsync(await InferenceBodyReader.ReadAsync(request, cancellation), models.RentAny(name), scores, metrics, cancellation)).WithName("v2Infer").Infers();
    }

    private static void MapVersion(RouteGroupBuilder model)
    {
        model.MapGet("", (string name, string version, ServedModels models) => Describe(models.RentAny(name, version))).WithName("v2ModelVersion").Describes();
        model.MapGet("/ready", (string name, string version, ServedModels models) => Ready(models.RentAny(name, version))).WithName("v2ModelVersionReady").TellsReady();
        model.MapPost("/infer", async (string name, string version, HttpRequest request, ServedModels models, FaceScores scores, ServiceMetrics metrics, CancellationToken cancellation) =>
            await InferAsync(await InferenceBodyReader.ReadAsync(request, cancellation), models.RentAny(name, version), scores, metrics, cancellation)).WithName("v2InferVersion").Infers();
    }

    private static IResult Describe(PredictionEngineLease rented)
    {
        using PredictionEngineLease lease = rented;
        return Results.Json(InferenceProtocol.Describe(lease.Engine.Compiled), AnswerJson.Options);
    }

    private static IResult Ready(PredictionEngineLease rented)
    {
        using PredictionEngineLease lease = rented;
        return Results.Json(new InferenceModelReady(lease.Model.Name, true), AnswerJson.Options);
    }

    private static async Task<IResult> InferAsync(ReadOnlyMemory<byte> body, PredictionEngineLease rented, FaceScores scores, ServiceMetrics metrics, CancellationToken cancellation)
    {
        using PredictionEngineLease lease = rented;
        if (lease.Model.Kind == ArtifactKind.Table)
        {
            var table = new FaceTable(lease.Engine);
            InferenceRequest<ProbabilityEstimate, ProbabilityEstimate> rows = InferenceProtocol.Read(body, InferenceOutputs.OfRows, inputs => InferenceTensors.ReadRows(inputs, table));
            metrics.Scored(lease.Model.Name, rows.Inputs.Count);
            return Results.Json(InferenceProtocol.Write(rows, lease.Model, rows.Inputs), AnswerJson.Options);
        }

        InferenceRequest<FaceLead, LeadScore> asked = InferenceProtocol.Read(body, InferenceOutputs.OfLeads(lease.Model), InferenceTensors.ReadLeads);
        return Results.Json(InferenceProtocol.Write(asked, lease.Model, await scores.ScoreAsync(asked.Inputs, lease.Engine, cancellation)), AnswerJson.Options);
    }

    private static async Task<IResult> InvokeAsync(HttpRequest request, ServedModels models, FaceScores scores, ServiceMetrics metrics, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> body = await RequestBody.ReadAsync(request, cancellation);
        using PredictionEngineLease lease = models.RentAny(null);
        if (lease.Model.Kind == ArtifactKind.Table)
        {
            var table = new FaceTable(lease.Engine);
            List<ProbabilityEstimate> rows = QuickMlflow.TryScore(body.Span, table) ?? MlflowInvocation.Read(body, new MlflowRows(table));
            metrics.Scored(lease.Model.Name, rows.Count);
            return Results.Json(MlflowInvocation.Write(rows), AnswerJson.Options);
        }

        return Results.Json(MlflowInvocation.Write(await scores.ScoreAsync(MlflowInvocation.Read(body, new MlflowLeads()), lease.Engine, cancellation)), AnswerJson.Options);
    }

    private static void Describes(this RouteHandlerBuilder route) => route
        .WithSummary("What a model takes and gives")
        .Produces<InferenceModel>()
        .ProducesProblems(404, 503);

    private static void TellsReady(this RouteHandlerBuilder route) => route
        .WithSummary("Whether a model can be asked")
        .Produces<InferenceModelReady>()
        .ProducesProblems(404, 503);

    private static void Infers(this RouteHandlerBuilder route) => route
        .WithSummary("Open Inference Protocol v2; an element of the input 'lead' is a request to score as JSON text, or each input a column of the model's table")
        .Accepts<InferenceBody>("application/json")
        .Produces<InferenceAnswer>()
        .ProducesProblems(400, 404, 413, 415, 429, 503);

    private static async Task<bool> IsReadyAsync(HealthReport report, CancellationToken cancellation) =>
        (await report.ReadyAsync(cancellation)).Status != "notReady";
}
