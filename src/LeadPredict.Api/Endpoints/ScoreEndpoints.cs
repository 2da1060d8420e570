using LeadPredict.Api.Answers;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>POST /v1/score</c>.</summary>
internal static class ScoreEndpoints
{
    public static void MapScores(this WebApplication app) =>
        app.MapPost("/v1/score", async (HttpRequest request, string? model, ScoreHandler scores, CancellationToken cancellation) =>
        {
            ScoreRequest read = ScoreRequestReader.Read(await RequestBody.ReadAsync(request, cancellation));
            return Answer(await scores.ScoreAsync(read, model, cancellation));
        })
        .RequireScope(AccessScopes.Score)
        .WithName("score")
        .WithTags("scores")
        .WithSummary("Score one lead, inline or of the store")
        .Accepts<ScoreBody>("application/json")
        .Produces<LeadScore>()
        .ProducesProblems(400, 404, 413, 415, 503);

    public static IResult Answer(LeadScore score) => Results.Bytes(LeadScoreWriter.Write(score), "application/json; charset=utf-8");

    /// <summary>Documents the statuses that are answered with a problem.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (int status in statuses)
        {
            route.Produces<ProblemAnswer>(status, "application/problem+json");
        }

        return route;
    }
}
