using LeadPredict.Api.Answers;
using LeadPredict.Api.Health;
using LeadPredict.Api.Metrics;
using LeadPredict.Api.Security;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: a model serves. <c>/metrics</c>: figures.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        RouteGroupBuilder health = app.MapGroup("/health").WithTags("health").AllowWithoutKey();
        health.MapGet("/live", () => Results.Json(new HealthAnswer("live"), AnswerJson.Options))
            .WithName("live")
            .WithSummary("Whether the process answers")
            .Produces<HealthAnswer>();
        health.MapGet("/ready", async (HealthReport report, CancellationToken cancellation) =>
        {
            HealthAnswer answer = await report.ReadyAsync(cancellation);
            return Results.Json(answer, AnswerJson.Options, statusCode: answer.Status == "notReady" ? 503 : 200);
        })
            .WithName("ready")
            .WithSummary("Whether the service can answer, and what is wrong with model, store and disk")
            .Produces<HealthAnswer>()
            .Produces<HealthAnswer>(503);
        app.MapGet("/metrics", (MetricsReading metrics) => Results.Text(metrics.Write(), PrometheusText.ContentType))
            .RequireScope(AccessScopes.Read)
            .WithName("metrics")
            .WithTags("health")
            .WithSummary("Figures in Prometheus's text format")
            .Produces<string>(200, "text/plain");
    }
}
