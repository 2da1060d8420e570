using LeadPredict.Api.Answers;
using LeadPredict.Api.Faces;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Health;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using LeadPredict.Artifacts;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Endpoints;

/// <summary>The faces of other model servers, for clients that speak their protocols: Open Inference Protocol v2 and MLflow.</summary>
internal static class FaceEndpoints
{
    private static readonly string Version = typeof(FaceEndpoints).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static void MapFaces(this WebApplication app)
    {
        RouteGroupBuilder open = app.MapGroup("/v2").WithTags("faces").AllowWithoutKey();
        open.MapGet("", () => Results.Json(new InferenceServer("leadpredict", Version, []), AnswerJson.Options)).WithName("v2Server").Produces<InferenceServer>();
        open.MapGet("/health/live", () => Results.Ok()).WithName("v2Live");
        open.MapGet("/health/ready", (HealthReport report, CancellationToken cancellation) => ReadyAsync(report, cancellation)).WithName("v2Ready");
        MapInference(app.MapGroup("/v2/models/{name}").WithTags("faces").RequireScope(AccessScopes.Score));

        app.MapPost("/invocations", async (HttpRequest request, FaceScores scores, CancellationToken cancellation) =>
        {
            List<ScoreRequest> leads = MlflowInvocation.Read(await RequestBody.ReadAsync(request, cancellation));
            return Results.Json(MlflowInvocation.Write(await scores.ScoreAsync(leads, null, cancellation)), AnswerJson.Options);
        })
            .RequireScope(AccessScopes.Score)
            .WithName("invocations")
            .WithTags("faces")
            .WithSummary("MLflow's scoring protocol; each record is a request to score")
            .Produces<MlflowAnswer>()
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);
        app.MapGet("/ping", (HealthReport report, CancellationToken cancellation) => ReadyAsync(report, cancellation))
            .AllowWithoutKey().WithName("ping").WithTags("faces");
        app.MapGet("/version", () => Results.Text(Version)).AllowWithoutKey().WithName("version").WithTags("faces");
    }

    private static void MapInference(RouteGroupBuilder model)
    {
        model.MapGet("", (string name, ServedModels models) => Results.Json(Describe(name, models), AnswerJson.Options))
            .WithName("v2Model").Produces<InferenceModel>().ProducesProblems(404, 503);
        model.MapGet("/ready", (string name, ServedModels models) =>
        {
            using PredictionEngineLease lease = models.Rent(name);
            return Results.Ok();
        }).WithName("v2ModelReady").ProducesProblems(404, 503);
        model.MapPost("/infer", async (string name, HttpRequest request, FaceScores scores, CancellationToken cancellation) =>
        {
            (string? id, List<ScoreRequest> leads) = InferenceProtocol.Read(await RequestBody.ReadAsync(request, cancellation));
            return Results.Json(InferenceProtocol.Write(id, await scores.ScoreAsync(leads, name, cancellation)), AnswerJson.Options);
        })
            .WithName("v2Infer")
            .WithSummary("Open Inference Protocol v2; each element of the input 'lead' is a request to score as JSON text")
            .Produces<InferenceAnswer>()
            .ProducesProblems(400, 401, 403, 404, 413, 415, 429, 503);
    }

    private static InferenceModel Describe(string name, ServedModels models)
    {
        using PredictionEngineLease lease = models.Rent(name);
        ModelArtifact served = lease.Model;
        var outputs = new List<InferenceTensorShape>();
        void Output(string output, string datatype, bool has)
        {
            if (has)
            {
                outputs.Add(new(output, datatype, [-1]));
            }
        }

        bool chain = served.Funnel is { Qualify: not null, Close: not null };
        Output("sql", "FP64", served.Funnel!.Qualify is not null);
        Output("closeGivenSql", "FP64", chain);
        Output("close", "FP64", served.Funnel.Close is not null);
        Output("score", "INT32", true);
        Output("grade", "BYTES", true);
        return new(name, [$"{served.Version}"], "leadpredict", [new(InferenceProtocol.Input, "BYTES", [-1])], outputs);
    }

    private static async Task<IResult> ReadyAsync(HealthReport report, CancellationToken cancellation) =>
        (await report.ReadyAsync(cancellation)).Status == "notReady" ? Results.StatusCode(503) : Results.Ok();
}
