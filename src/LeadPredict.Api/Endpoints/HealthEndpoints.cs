using LeadPredict.Api.Answers;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Security;
using LeadPredict.Scoring.Pool;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: a model serves.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        RouteGroupBuilder health = app.MapGroup("/health").WithTags("health").AllowWithoutKey();
        health.MapGet("/live", () => Results.Json(new HealthAnswer("live"), AnswerJson.Options))
            .WithName("live")
            .WithSummary("Whether the process answers")
            .Produces<HealthAnswer>();
        health.MapGet("/ready", (ServedModels models) =>
        {
            HealthAnswer answer = Ready(models);
            return Results.Json(answer, AnswerJson.Options, statusCode: answer.Status == "ready" ? 200 : 503);
        })
            .WithName("ready")
            .WithSummary("Whether a model serves")
            .Produces<HealthAnswer>()
            .Produces<HealthAnswer>(503);
    }

    private static HealthAnswer Ready(ServedModels models)
    {
        if (models.Default() is not { } name)
        {
            return new("notReady", null, "no model was promoted yet");
        }

        try
        {
            using PredictionEngineLease lease = models.Rent(null);
            string? fault = models.Pool.Status().First(status => status.Engine == name).Fault;
            return new("ready", lease.Model.ToString(), fault);
        }
        catch (Exception fault) when (Errors.ProblemMapping.Of(fault) is { } problem)
        {
            return new("notReady", null, problem.Detail);
        }
    }
}
