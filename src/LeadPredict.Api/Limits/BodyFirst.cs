using System.IO.Pipelines;
using LeadPredict.Api.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace LeadPredict.Api.Limits;

/// <summary>
/// Lets a request wait for its body before it counts among those that are worked on. Otherwise some hundred callers who send a byte now and then would
/// take all places, and everybody else would be answered 503.
/// </summary>
/// <remarks>What the caller sends meanwhile lies in the server's buffers, where it would lie anyway. Routes that answer while they read wait for nothing.</remarks>
internal sealed class BodyFirst(LeadPredictApiOptions options)
{
    /// <summary>A body larger than this is waited for so far; who works on it reads the rest.</summary>
    private const int MostBytes = 64 * 1024;

    public Task WaitAsync(HttpContext context, RequestDelegate next) =>
        MayHaveBody(context) && !IsThere(context.Request.BodyReader) ? WaitThenAsync(context, next) : next(context);

    private static bool MayHaveBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
        && TrafficLimits.IsCounted(context)
        && context.GetEndpoint()!.Metadata.GetMetadata<AnswersWhileReading>() is null

        // The server of tests has no buffers of its own: what is read ahead of its stream would be lost.
        && context.Features.Get<IRequestBodyPipeFeature>() is not null;

    private static bool IsThere(PipeReader body) => body.TryRead(out ReadResult read) && Settle(body, read);

    private async Task WaitThenAsync(HttpContext context, RequestDelegate next)
    {
        if (await ArrivesAsync(context))
        {
            await next(context);
            return;
        }

        context.EndConnection();
        await ProblemMiddleware.WriteAsync(context, ProblemMapping.TooSlow());
    }

    /// <summary>Whether the body comes in time.</summary>
    private async Task<bool> ArrivesAsync(HttpContext context)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(options.RequestTimeout);
        try
        {
            PipeReader body = context.Request.BodyReader;
            while (!Settle(body, await body.ReadUntilAsync(patience.Token)))
            {
            }

            return true;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return false;
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            // The server's least rate. Answered here, as hundreds of these that climb through everything else at once would hold others up.
            return false;
        }
    }

    /// <summary>Gives back what was read as not yet taken, and tells whether it is all or enough.</summary>
    private static bool Settle(PipeReader body, ReadResult read)
    {
        bool isEnough = read.IsCompleted || read.Buffer.Length >= MostBytes;
        body.AdvanceTo(read.Buffer.Start, isEnough ? read.Buffer.Start : read.Buffer.End);
        return isEnough;
    }
}

/// <summary>Marks a route that answers before it has read all: it has places of its own, as its callers may take their time.</summary>
internal sealed class AnswersWhileReading;
