using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LeadPredict.Api.Metrics;

/// <summary>Sends traces and metrics to a collector where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one; its other variables count too.</summary>
/// <param name="collector">Another collector, or null.</param>
internal sealed class TelemetryExport(Uri? collector = null) : IHostedService
{
    /// <summary>So long the collector is waited for at the end; what it has not taken by then is lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ResourceBuilder resource = Resource();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(ServiceMetrics.Name, "Microsoft.AspNetCore").AddOtlpExporter(Address).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(MetricsReading.Meters).AddOtlpExporter(Address).Build();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Each would wait for five seconds by itself, one after the other.
        Task ending = Task.WhenAll(
            Task.Run(() => _traces?.Shutdown((int)Patience.TotalMilliseconds), CancellationToken.None), Task.Run(() => _metrics?.Shutdown((int)Patience.TotalMilliseconds), CancellationToken.None));
        await ending.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ending.IsCompleted)
        {
            _traces?.Dispose();
            _metrics?.Dispose();
        }
    }

    private void Address(OtlpExporterOptions exporter)
    {
        // One that is set, though to what it is, is taken for that of a single kind of data.
        if (collector is not null)
        {
            exporter.Endpoint = collector;
        }
    }

    /// <summary>Who measures. What comes last stands: <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c>.</summary>
    public static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty().AddService("leadpredict").AddTelemetrySdk().AddEnvironmentVariableDetector();

    /// <summary>Whether a collector is named.</summary>
    /// <exception cref="ArgumentException">By something that is no address, which the exporter would pass over in silence.</exception>
    public static bool IsAsked => Environment.GetEnvironmentVariable(Endpoint) is { Length: > 0 } endpoint
        && (Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? true
            : throw new ArgumentException($"${Endpoint} is '{endpoint}'; expected an address such as http://localhost:4317"));
}

internal static class TelemetryServices
{
    public static void AddTelemetryExport(this IServiceCollection services)
    {
        if (TelemetryExport.IsAsked)
        {
            services.AddHostedService<TelemetryExport>();
        }
    }

    /// <summary>Messages go to standard error, as text or as one JSON object a line.</summary>
    public static void AddServiceLog(this ILoggingBuilder logging, bool json)
    {
        logging.ClearProviders();
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (json)
        {
            logging.AddJsonConsole(format =>
            {
                format.UseUtcTimestamp = true;
                format.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        else
        {
            logging.AddSimpleConsole(format => format.SingleLine = true);
        }
    }
}
