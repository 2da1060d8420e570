using LeadPredict.Api.Handlers;
using LeadPredict.Api.Pages;
using LeadPredict.Api.Security;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>/</c>.</summary>
internal static class HomeEndpoint
{
    public static void MapHome(this WebApplication app) =>
        app.MapGet("/", (HttpContext context, ServedModels models, ModelHandler handler) =>
        {
            string? name = models.Default();
            int? version = models.Pool.Status().FirstOrDefault(engine => engine.Engine == name)?.Version;
            context.Response.Headers.ContentSecurityPolicy = HomePage.Policy;
            return Results.Content(
                HomePage.Write(version is null ? null : $"{name}@{version}", handler.Verdict(), $"{context.Request.Scheme}://{context.Request.Host}"),
                "text/html; charset=utf-8");
        }).RequireScopeOnPage(AccessScopes.Read).ExcludeFromDescription();
}
