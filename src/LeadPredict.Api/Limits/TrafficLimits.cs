using System.Globalization;
using System.Threading.RateLimiting;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Security;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Limits;

/// <summary>
/// How much is taken on at once. A caller above its rate is answered 429 with <c>Retry-After</c>; when the service as a whole has more to do
/// than it can queue, 503. Routes that need no key, health above all, are always answered.
/// </summary>
internal static class TrafficLimits
{
    public static void AddTrafficLimits(this IServiceCollection services, LeadPredictApiOptions options)
    {
        services.AddSingleton<BodyFirst>();
        services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = options.RatePerSecond == 0
                ? AtOnce(options.ConcurrentRequests)
                : PartitionedRateLimiter.CreateChained(PerCaller(options.RatePerSecond), AtOnce(options.ConcurrentRequests));
            limiter.OnRejected = (rejected, cancellation) => new(ProblemMiddleware.WriteAsync(rejected.HttpContext, Refusal(rejected.HttpContext, rejected.Lease)));
        });
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new()
        {
            Timeout = options.RequestTimeout,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = context => ProblemMiddleware.WriteAsync(context, ProblemMapping.Busy("The answer took too long; try again later.")),
        });
        services.AddRequestDecompression(decompression =>
        {
            // What a corrupt Brotli body throws cannot be told from a fault of the service.
            decompression.DecompressionProviders.Remove("br");
        });
    }

    private static ProblemAnswer Refusal(HttpContext context, RateLimitLease lease)
    {
        if (!lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait))
        {
            return ProblemMapping.Busy("The service has more to do than it can queue; try again later.");
        }

        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ProblemMapping.TooMany();
    }

    private static PartitionedRateLimiter<HttpContext> PerCaller(int perSecond) => PartitionedRateLimiter.Create<HttpContext, string>(context =>
        IsFree(context)
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter(Caller.Of(context).Name, _ => new()
            {
                TokenLimit = perSecond,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
                AutoReplenishment = true,
            }));

    private static PartitionedRateLimiter<HttpContext> AtOnce(int requests)
    {
        var limits = new ConcurrencyLimiterOptions { PermitLimit = requests, QueueLimit = 4 * requests, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
        return PartitionedRateLimiter.Create<HttpContext, Place>(context =>
            IsFree(context) ? RateLimitPartition.GetNoLimiter(Place.None)
                : RateLimitPartition.GetConcurrencyLimiter(context.GetEndpoint()!.Metadata.GetMetadata<AnswersWhileReading>() is null ? Place.Usual : Place.WhileReading, _ => limits));
    }

    private static bool IsFree(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RouteScope>() is not { } route || route.Scope == AccessScopes.None;

    /// <summary>Among whom a request is counted.</summary>
    private enum Place
    {
        None,
        Usual,
        WhileReading,
    }
}
