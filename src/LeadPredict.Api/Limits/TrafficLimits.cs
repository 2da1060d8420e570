using System.Globalization;
using System.Threading.RateLimiting;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Security;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Limits;

/// <summary>
/// How much is taken on at once. A caller above its rate is answered 429 with <c>Retry-After</c>; when the service as a whole has more to do
/// than it can queue, 503. Routes that need no key are always answered, health above all, but for those that take what anybody sends.
/// </summary>
internal static class TrafficLimits
{
    public static void AddTrafficLimits(this IServiceCollection services, LeadPredictApiOptions options)
    {
        services.AddSingleton<BodyFirst>();
        services.AddSingleton<QueueDelay>();
        services.AddHostedService(provider => provider.GetRequiredService<QueueDelay>());
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
        !IsKeyed(context)
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
            PlaceOf(context) is var place and not Place.None ? RateLimitPartition.GetConcurrencyLimiter(place, _ => limits) : RateLimitPartition.GetNoLimiter(Place.None));
    }

    private static bool IsKeyed(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RouteScope>() is { } route && route.Scope != AccessScopes.None;

    /// <summary>Whether a request counts among those that are worked on at once.</summary>
    internal static bool IsCounted(HttpContext context) => PlaceOf(context) != Place.None;

    private static Place PlaceOf(HttpContext context) => context.GetEndpoint()?.Metadata is not { } metadata ? Place.None
        : metadata.GetMetadata<TakesFromAnybody>() is not null ? Place.FromAnybody
        : !IsKeyed(context) ? Place.None
        : metadata.GetMetadata<AnswersWhileReading>() is not null ? Place.WhileReading
        : Place.Usual;

    /// <summary>Among whom a request is counted: each has as many places, and takes none of the others'.</summary>
    private enum Place
    {
        None,
        Usual,
        WhileReading,
        FromAnybody,
    }
}

/// <summary>Marks a route that needs no key and reads a body.</summary>
internal sealed class TakesFromAnybody;
