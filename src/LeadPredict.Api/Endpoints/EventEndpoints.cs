using LeadPredict.Api.Answers;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Security;
using LeadPredict.Storage.Keys;
using LeadPredict.Storage.Outbox;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>/v1/events</c>: how many wait, which were given up, and another try for these.</summary>
internal static class EventEndpoints
{
    private const int MostDead = 1_000;

    public static void MapEvents(this WebApplication app)
    {
        RouteGroupBuilder events = app.MapGroup("/v1/events").WithTags("events").RequireScope(AccessScopes.Admin);
        events.MapGet("", async (LeadPredictApiOptions options, CancellationToken cancellation) =>
        {
            (long waiting, long dead) = await Outbox(options).CountAsync(cancellation);
            IReadOnlyList<WaitingEvent> letters = await Outbox(options).DeadAsync(MostDead, cancellation);
            return Results.Json(new EventsAnswer(waiting, dead, [.. letters.Select(one => new DeadEvent(
                one.Event.EventId, one.Event.Kind, one.Event.LeadId, one.Event.CreatedAt, one.Attempts, one.Error))]), AnswerJson.Options);
        })
            .WithName("events")
            .WithSummary("Events that wait and those that could not be delivered")
            .Produces<EventsAnswer>()
            .ProducesProblems(503);
        events.MapPost("/retry", async (HttpContext context, LeadPredictApiOptions options, AdminAudit audit, CancellationToken cancellation) =>
            Results.Json(
                new RetryAnswer(await audit.DoAsync(context, "events.retry", "outbox", () => Outbox(options).ReviveAsync(options.Time.GetUtcNow(), latestOnly: options.Events?.Overwrites == true, cancellation))),
                AnswerJson.Options))
            .WithName("retryEvents")
            .WithSummary("Try again to deliver the events that were given up")
            .Produces<RetryAnswer>()
            .ProducesProblems(503);
    }

    private static IOutbox Outbox(LeadPredictApiOptions options) =>
        options.Operations?.Outbox ?? throw new ProblemException(ProblemKind.NotReady, "This service has no store, so no events are kept; start it with --store.");
}

/// <summary>The outbox.</summary>
/// <param name="Waiting">Events that wait to be delivered.</param>
/// <param name="Dead">Events that were given up.</param>
/// <param name="Letters">The newest of these, 1,000 at most.</param>
public sealed record EventsAnswer(long Waiting, long Dead, IReadOnlyList<DeadEvent> Letters);

/// <summary>An event that was given up.</summary>
public sealed record DeadEvent(string Id, string Type, string LeadId, DateTimeOffset OccurredAt, int Attempts, string? Error);

/// <summary>How many events are tried again.</summary>
public sealed record RetryAnswer(int Retried);
