using LeadPredict.Api.Answers;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Storage.Audit;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>/v1/models</c>, <c>/v1/compare</c> and <c>/v1/audit</c>. The routes that change something need an admin key wherever the service listens.</summary>
internal static class ModelEndpoints
{
    private const int MostAudit = 1_000;

    public static void MapModels(this WebApplication app)
    {
        RouteGroupBuilder models = app.MapGroup("/v1/models").WithTags("models").RequireScope(AccessScopes.Read);
        models.MapGet("", (ModelHandler handler) => Results.Json(handler.List(), AnswerJson.Options))
            .WithName("models")
            .WithSummary("Every published version, and which of them answer")
            .Produces<ModelsAnswer>();

        RouteGroupBuilder admin = models.MapGroup("/{name}").RequireScope(AccessScopes.Admin);
        admin.MapPost("/promote", async (string name, HttpRequest request, ModelHandler handler, CancellationToken cancellation) =>
            Results.Json(await handler.PromoteAsync(request.HttpContext, name, await RequestBody.ReadAsync(request, cancellation), cancellation), AnswerJson.Options))
            .WithName("promote")
            .WithSummary("Make a version champion or challenger")
            .Accepts<PromotionBody>("application/json")
            .Produces<ModelAliases>()
            .ProducesProblems(400, 404, 409, 415, 503);
        admin.MapPost("/rollback", async (string name, HttpContext context, ModelHandler handler, CancellationToken cancellation) =>
            Results.Json(await handler.RollbackAsync(context, name, cancellation), AnswerJson.Options))
            .WithName("rollback")
            .WithSummary("Return to the champion before")
            .Produces<ModelAliases>()
            .ProducesProblems(404, 409, 503);
        admin.MapDelete("/challenger", async (string name, HttpContext context, ModelHandler handler, CancellationToken cancellation) =>
            Results.Json(await handler.DismissAsync(context, name, null, cancellation), AnswerJson.Options))
            .WithName("dismissChallenger")
            .WithSummary("Take the challenger away")
            .Produces<ModelAliases>()
            .ProducesProblems(404, 503);
    }

    public static void MapAudit(this WebApplication app) =>
        app.MapGet("/v1/audit", async (LeadPredictApiOptions options, CancellationToken cancellation) => Results.Json(
            await (options.Operations ?? throw new ProblemException(ProblemKind.NotReady, "This service has no store, so the audit is in its log alone."))
                .Audit.ReadAsync(MostAudit, cancellation),
            AnswerJson.Options))
            .RequireScope(AccessScopes.Admin)
            .WithName("audit")
            .WithTags("models")
            .WithSummary("What administrators did, the newest 1,000 first")
            .Produces<IReadOnlyList<AuditEntry>>()
            .ProducesProblems(503);

    public static void MapComparison(this WebApplication app) =>
        app.MapGet("/v1/compare", (string? model, ModelHandler handler) => Results.Json(handler.Comparison(model), AnswerJson.Options))
            .RequireScope(AccessScopes.Read)
            .WithMetadata(new QueryNames("model"))
            .WithName("compare")
            .WithTags("models")
            .WithSummary("The champion against the scorecard on the same later leads")
            .Produces<ComparisonAnswer>()
            .ProducesProblems(404, 503);
}
