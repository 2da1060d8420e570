using LeadPredict.Api.Answers;
using LeadPredict.Api.Boards;
using LeadPredict.Api.Handlers;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Measures;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>GET /v1/funnel</c> and <c>/v1/definitions</c>.</summary>
internal static class FunnelEndpoints
{
    /// <summary>Adds what may be read.</summary>
    public static void MapFunnel(this RouteGroupBuilder group)
    {
        group.MapGet("/v1/funnel", async (BoardKeeper boards, CancellationToken cancellation) =>
            Results.Json((await boards.GetAsync(cancellation)).Funnel, AnswerJson.Options))
            .WithName("funnel")
            .WithTags("funnel")
            .WithSummary("Conversion, time in stage, revenue, reasons and promises, measured from the history")
            .Produces<FunnelReport>()
            .ProducesProblems(503);
        group.MapGet("/v1/definitions", async (HandOffHandler handler, CancellationToken cancellation) =>
            Results.Json((await handler.DefinitionsAsync(cancellation)).Versions, AnswerJson.Options))
            .WithName("definitions")
            .WithTags("hand-off")
            .WithSummary("What marketing and sales agreed on, version by version")
            .Produces<IReadOnlyList<HandOffDefinition>>()
            .ProducesProblems(503);
    }

    /// <summary>Adds what changes the definitions.</summary>
    public static void MapDefinitions(this RouteGroupBuilder group) =>
        group.MapPost("/v1/definitions", async (HttpRequest request, HandOffHandler handler, CancellationToken cancellation) =>
            Results.Json(await handler.AdoptAsync(request.HttpContext, await RequestBody.ReadTextAsync(request, "application/yaml", cancellation), cancellation), AnswerJson.Options))
            .WithName("adoptDefinitions")
            .WithTags("hand-off")
            .WithSummary("Adopt a new version of the definitions, sent as application/yaml")
            .Accepts<string>("application/yaml")
            .Produces<HandOffDefinition>()
            .ProducesProblems(400, 409, 415, 503);
}
