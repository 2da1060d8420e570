using LeadPredict.Api.Answers;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>GET /v1/leads/...</c>.</summary>
internal static class LeadEndpoints
{
    public static void MapLeads(this WebApplication app)
    {
        RouteGroupBuilder leads = app.MapGroup("/v1/leads/{id}").WithTags("leads").RequireScope(AccessScopes.Read);
        leads.MapGet("", async (string id, LeadHandler handler, CancellationToken cancellation) =>
            Results.Json(await handler.GetAsync(id, cancellation), AnswerJson.Options))
            .WithName("lead")
            .WithSummary("A lead of the store with its history")
            .Produces<LeadAnswer>()
            .ProducesProblems(404, 503);
        leads.MapGet("/score", async (string id, string? asOf, string? model, bool? reasons, ScoreHandler handler, CancellationToken cancellation) =>
            ScoreEndpoints.Answer(await handler.ScoreAsync(new() { LeadId = id, AsOf = Instant(asOf) }, model, reasons ?? true, cancellation)))
            .WithName("leadScore")
            .WithSummary("The score of a lead of the store")
            .Produces<LeadScore>()
            .ProducesProblems(400, 404, 503);
    }

    private static DateTimeOffset? Instant(string? asOf)
    {
        if (asOf is null)
        {
            return null;
        }

        return InstantText.TryRead(asOf, out DateTimeOffset instant)
            ? instant
            : throw new RequestFaultsException("/asOf", $"'{(asOf.Length <= 60 ? asOf : asOf[..60] + "...")}' in the query", InstantText.Expected);
    }
}
