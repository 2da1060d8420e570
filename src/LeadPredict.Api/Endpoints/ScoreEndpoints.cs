using LeadPredict.Api.Answers;
using LeadPredict.Api.Batch;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Limits;
using LeadPredict.Api.OpenApi;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage.Keys;
using Microsoft.AspNetCore.Http.Timeouts;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>POST /v1/score</c> and <c>/v1/score/batch</c>.</summary>
internal static class ScoreEndpoints
{
    public static void MapScores(this WebApplication app)
    {
        RouteGroupBuilder scores = app.MapGroup("/v1/score").WithTags("scores").RequireScope(AccessScopes.Score);
        scores.MapPost("", async (HttpContext context, string? model, bool? reasons, ScoreHandler handler, CancellationToken cancellation) =>
        {
            ScoreRequest read = await RequestBody.ReadAsync(context.Request, ScoreRequestReader.Read, cancellation);
            await AnswerAsync(context.Response, read, model, reasons, handler, cancellation);
        })
            .WithMetadata(new QueryNames("model", "reasons"))
            .WithName("score")
            .WithSummary("Score one lead, inline or of the store")
            .Accepts<ScoreBody>("application/json")
            .Produces<LeadScore>()
            .ProducesProblems(400, 404, 413, 415, 429, 503);
        scores.MapPost("/batch", (HttpContext context, string? model, bool? reasons, BatchHandler handler, CancellationToken cancellation) =>
            handler.ScoreAsync(context, model, reasons ?? true, cancellation))
            .WithMetadata(new BatchSize(), new DisableRequestTimeoutAttribute(), new AnswersWhileReading(), new QueryNames("model", "reasons"))
            .WithName("scoreBatch")
            .WithSummary("Score many leads, an array or one request a line, answered in order while they come in; a bad one is answered in its place")
            .Accepts<ScoreBody[]>("application/json", BatchForm.LineTypes)
            .Produces<IReadOnlyList<EitherOf<LeadScore, BatchProblem>>>(200, "application/json", BatchForm.LineTypes[0])
            .ProducesProblems(400, 404, 413, 415, 429, 503);
    }

    /// <summary>Scores and answers.</summary>
    public static async Task AnswerAsync(
        HttpResponse response, ScoreRequest request, string? model, bool? reasons, ScoreHandler handler, CancellationToken cancellation)
    {
        using PooledAnswer answer = PooledAnswer.Rent();
        await handler.AnswerAsync(request, model, reasons ?? true, answer.Buffer, cancellation);
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = answer.Buffer.WrittenCount;
        await response.Body.WriteAsync(answer.Buffer.WrittenMemory, cancellation);
    }

    /// <summary>Documents the statuses that are answered with a problem.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (int status in statuses)
        {
            route.Produces<ProblemAnswer>(status, "application/problem+json");
        }

        return route;
    }

    private sealed class BatchSize : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => RequestLimits.BatchBytes;
    }
}
