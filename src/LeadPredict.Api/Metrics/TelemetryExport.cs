using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LeadPredict.Api.Metrics;

/// <summary>Sends traces and metrics to a collector where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one; its other variables count too.</summary>
internal sealed class TelemetryExport : IHostedService
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ResourceBuilder resource = Resource();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(ServiceMetrics.Name, "Microsoft.AspNetCore").AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(MetricsReading.Meters).AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        return Task.CompletedTask;
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
