using System.Diagnostics.Metrics;
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
