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
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService("leadpredict");
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(ServiceMetrics.Name, "Microsoft.AspNetCore").AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(ServiceMetrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime").AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Whether a collector is named.</summary>
    public static bool IsAsked => Environment.GetEnvironmentVariable(Endpoint) is { Length: > 0 };
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
