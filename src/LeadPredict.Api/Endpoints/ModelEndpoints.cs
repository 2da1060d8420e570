using LeadPredict.Api.Answers;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Requests;
using LeadPredict.Artifacts.Repository;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>/v1/models</c>. The routes that change something are there only when an admin key is.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this WebApplication app, AdminKey? adminKey)
    {
        RouteGroupBuilder models = app.MapGroup("/v1/models").WithTags("models");
        models.MapGet("", (ModelHandler handler) => Results.Json(handler.List(), AnswerJson.Options))
            .WithName("models")
            .WithSummary("Every published version, and which of them answer")
            .Produces<ModelsAnswer>();
        if (adminKey is null)
        {
            return;
        }

        RouteGroupBuilder admin = models.MapGroup("/{name}");
        admin.AddEndpointFilter(async (context, next) => adminKey.Is(context.HttpContext.Request.Headers[AdminKey.Header])
            ? await next(context)
            : throw new ProblemException(ProblemKind.Forbidden, $"Expected the admin key in the header {AdminKey.Header}."));
        admin.MapPost("/promote", async (string name, HttpRequest request, ModelHandler handler, CancellationToken cancellation) =>
            Results.Json(await handler.PromoteAsync(name, await RequestBody.ReadAsync(request, cancellation), cancellation), AnswerJson.Options))
            .WithName("promote")
            .WithSummary("Make a version champion or challenger")
            .Accepts<PromotionBody>("application/json")
            .Produces<ModelAliases>()
            .ProducesProblems(400, 403, 404, 409, 415);
        admin.MapPost("/rollback", async (string name, ModelHandler handler, CancellationToken cancellation) =>
            Results.Json(await handler.RollbackAsync(name, cancellation), AnswerJson.Options))
            .WithName("rollback")
            .WithSummary("Return to the champion before")
            .Produces<ModelAliases>()
            .ProducesProblems(403, 404, 409);
    }

    public static void MapComparison(this WebApplication app) =>
        app.MapGet("/v1/compare", (string? model, ModelHandler handler) => Results.Json(handler.Comparison(model), AnswerJson.Options))
            .WithName("compare")
            .WithTags("models")
            .WithSummary("The champion against the scorecard on the same later leads")
            .Produces<ComparisonAnswer>()
            .ProducesProblems(404, 503);
}
