using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using LeadPredict.Api.Metrics;

namespace LeadPredict.Api.Tests.Operations;

/// <summary>What is measured and under whose name.</summary>
public sealed class Telemetry
{
    [Fact]
    public void Resource_NamedByTheEnvironment_IsCalledSo()
    {
        Environment.SetEnvironmentVariable("OTEL_SERVICE_NAME", "leads-eu");
        Environment.SetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=pod-7,deployment.environment=prod");
        Dictionary<string, object> named = TelemetryExport.Resource().Build().Attributes.ToDictionary();
        Environment.SetEnvironmentVariable("OTEL_SERVICE_NAME", null);
        Environment.SetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES", null);

        (named["service.name"], named["service.instance.id"], named["deployment.environment"]).ShouldBe(("leads-eu", "pod-7", "prod"));
        TelemetryExport.Resource().Build().Attributes.ToDictionary()["service.name"].ShouldBe("leadpredict");
    }

    [Theory]
    [InlineData(100, 1.5)]
    [InlineData(60_000, 4)]
    public async Task Collector_ThatNeverAnswers_IsWaitedForShortlyAndNoLongerThanThereIsTime(int milliseconds, double most)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var export = new TelemetryExport(new($"http://{silent.LocalEndpoint}"));
        await export.StartAsync(CancellationToken.None);
        using var meter = new Meter(MetricsReading.Meters[0]);
        meter.CreateCounter<long>("requests").Add(1);
        ServiceMetrics.Traces.StartActivity("score")!.Dispose();
        using var hurry = new CancellationTokenSource(milliseconds);

        await Task.Run(() => export.StopAsync(hurry.Token)).WaitAsync(TimeSpan.FromSeconds(most));
    }

    [Fact]
    public void Measurements_OfMoreSeriesThanAreKept_AreCountedInOne()
    {
        using var meter = new Meter("of a test");
        var instrument = new MetricInstrument(meter.CreateCounter<long>("requests"));

        for (int i = 0; i < 700; i++)
        {
            instrument.Of([new("route", $"/{i % 600}")]).Add(1);
        }

        instrument.Series.Count.ShouldBe(501);
        instrument.Series.Sum(series => series.Value).ShouldBe(700);
        MetricSeries others = instrument.Series[^1];
        (others.Tags[0].Key, others.Value).ShouldBe(("otel.metric.overflow", 100));
    }
}
