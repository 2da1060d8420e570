using LeadPredict.Api.Answers;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.OpenApi;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage.Keys;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>GET /v1/leads/...</c>.</summary>
internal static class LeadEndpoints
{
    public static void MapLeads(this WebApplication app)
    {
        app.MapGet("/v1/leads", async (HttpRequest request, CallListHandler calls, CancellationToken cancellation) =>
            Results.Json(await calls.GetAsync(request.Query, cancellation), AnswerJson.Options))
            .RequireScope(AccessScopes.Read)
            .WithName("callList")
            .WithTags("leads")
            .WithSummary("Open leads in order")
            .AddOpenApiOperationTransformer((operation, _, _) => CallListQuery.DescribeAsync(operation))
            .Produces<CallListAnswer>()
            .ProducesProblems(400, 503);
        RouteGroupBuilder leads = app.MapGroup("/v1/leads/{id}").WithTags("leads").RequireScope(AccessScopes.Read);
        leads.MapGet("", async (string id, LeadHandler handler, CancellationToken cancellation) =>
            Results.Json(await handler.GetAsync(id, cancellation), AnswerJson.Options))
            .WithName("lead")
            .WithSummary("A lead of the store with its history")
            .Produces<LeadAnswer>()
            .ProducesProblems(404, 503);
        leads.MapGet("/score", (HttpResponse response, string id, string? asOf, string? model, bool? reasons, ScoreHandler handler, CancellationToken cancellation) =>
            ScoreEndpoints.AnswerAsync(response, new() { LeadId = id, AsOf = Instant(asOf) }, model, reasons, handler, cancellation))
            .WithMetadata(new QueryNames("asOf", "model", "reasons"))
            .WithName("leadScore")
            .WithSummary("The score of a lead of the store")
            .Produces<LeadScore>()
            .ProducesProblems(400, 404, 503);
        leads.MapGet("/scores", async (string id, LeadHandler handler, CancellationToken cancellation) =>
            Results.Json(await handler.ScoresAsync(id, cancellation), AnswerJson.Options))
            .WithName("leadScores")
            .WithSummary("The scores that were given for a lead, the newest 1,000 first")
            .Produces<IReadOnlyList<LoggedScore>>()
            .ProducesProblems(404, 503);
    }

    private static DateTimeOffset? Instant(string? asOf)
    {
        if (asOf is null)
        {
            return null;
        }

        return InstantText.TryRead(asOf, out DateTimeOffset instant)
            ? instant
            : throw new RequestFaultsException("/asOf", $"'{ShownText.Of(asOf)}' in the query", InstantText.Expected);
    }
}
