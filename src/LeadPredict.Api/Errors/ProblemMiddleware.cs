using LeadPredict.Api.Answers;
using LeadPredict.Api.Endpoints;
using LeadPredict.Api.Faces;
using LeadPredict.Api.Health;
using LeadPredict.Api.Limits;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using Microsoft.AspNetCore.Connections;

namespace LeadPredict.Api.Errors;

/// <summary>Turns what is thrown into problem+json, or a page for people, and logs bugs without anything that a request said.</summary>
internal static class ProblemMiddleware
{
    private const string ContentType = "application/problem+json";

    public static void UseProblems(this WebApplication app)
    {
        ILogger log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("LeadPredict.Api");
        PageAnswer pages = app.Services.GetRequiredService<PageAnswer>();
        Task TellAsync(HttpContext context, ProblemAnswer problem) => PageAnswer.IsFor(context) ? pages.TellAsync(context, problem) : WriteAsync(context, problem);
        TimeProvider time = app.Services.GetRequiredService<LeadPredictApiOptions>().Time;
        StoreRefusals refusals = app.Services.GetRequiredService<StoreRefusals>();
        var store = new RepeatedFault(log, time, "Requests that need the store are answered 503");
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception exception) when (IsCallerGone(exception, context))
            {
                // There is nobody to answer. The server may not know yet, and would read what is left of the body.
                context.Abort();
                return;
            }
            catch (Exception exception) when (!context.Response.HasStarted)
            {
                ProblemAnswer? known = ProblemMapping.Of(exception, context);
                if (known is null)
                {
                    // Messages may hold what the request said, so the type and the stack must do.
                    log.LogError("{Exception} at {Stack}", LoggedFault.Name(exception), exception.StackTrace);
                }
                else if (LoggedFault.IsOfTheStore(exception))
                {
                    // It names the store, which callers are not told.
                    store.Tell(exception.Message);
                    refusals.Note(exception);
                }

                if (ProblemMapping.IsOfTheBody(exception))
                {
                    context.EndConnection();
                }

                context.Response.Clear();
                SecurityHeaders.Set(context.Response.Headers);
                await TellAsync(context, known ?? ProblemMapping.Bug());
                return;
            }

            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                ProblemAnswer problem = ProblemMapping.Of(context.Response.StatusCode);
                await TellAsync(context, QueryNames.Misread(context) is { Count: > 0 } faults ? problem with { Errors = faults } : problem);
            }
        });
    }

    private static bool IsCallerGone(Exception exception, HttpContext context) =>
        exception is ConnectionResetException or ConnectionAbortedException
        || (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested);

    public static Task WriteAsync(HttpContext context, ProblemAnswer problem)
    {
        Begin(context, problem);
        if (context.Request.Path.StartsWithSegments(InferenceProtocol.Root))
        {
            problem = problem.InOneText();
        }

        // Not until the request is aborted: one that took too long is already. To a caller who has gone the server writes nothing.
        return context.Response.WriteAsJsonAsync(problem, AnswerJson.Options, ContentType, CancellationToken.None);
    }

    /// <summary>The status, and what goes with it whatever form the answer has.</summary>
    public static void Begin(HttpContext context, ProblemAnswer problem)
    {
        context.Response.StatusCode = problem.Status;
        if (problem.Status == 503)
        {
            context.Response.Headers.RetryAfter = "1";
        }
        else if (problem.Status == 401)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"leadpredict\"";
        }
    }
}
