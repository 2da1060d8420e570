using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace LeadPredict.Api.Metrics;

/// <summary>Keeps what the service, the framework and the runtime measure, for <c>/metrics</c>.</summary>
internal sealed class MetricsReading : IDisposable
{
    /// <summary>The meters that count here and at a collector.</summary>
    internal static readonly string[] Meters =
        [ServiceMetrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Runtime"];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentBag<MetricInstrument> _instruments = [];
    private readonly Lock _writing = new();

    /// <summary>Listens to this service's own meters, and to the runtime's, which are the process's.</summary>
    public MetricsReading(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name) && (instrument.Meter.Scope is null || instrument.Meter.Scope == meters))
            {
                var kept = new MetricInstrument(instrument);
                _instruments.Add(kept);
                listener.EnableMeasurementEvents(instrument, kept);
            }
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.Start();
    }

    /// <summary>All values in Prometheus's text format; of what is looked at rather than counted, those that are there now.</summary>
    public string Write()
    {
        lock (_writing)
        {
            return WriteNow();
        }
    }

    private string WriteNow()
    {
        foreach (MetricInstrument observed in _instruments.Where(instrument => instrument.IsObservable))
        {
            observed.Forget();
        }

        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (MetricInstrument instrument in _instruments.OrderBy(instrument => instrument.Instrument.Name, StringComparer.Ordinal))
        {
            PrometheusText.Append(text, instrument);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var instrument = (MetricInstrument)state!;
        MetricSeries series = instrument.Of(tags);
        if (instrument.IsObservable)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }
}

/// <summary>Prometheus's text format 0.0.4, with names as OpenTelemetry translates them.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void Append(StringBuilder text, MetricInstrument instrument)
    {
        if (instrument.Series.Count == 0)
        {
            return;
        }

        string name = Name(instrument);
        text.Append("# HELP ").Append(name).Append(' ').Append((instrument.Instrument.Description ?? "").ReplaceLineEndings(" ")).Append('\n');
        text.Append("# TYPE ").Append(name).Append(instrument.IsHistogram ? " histogram\n" : instrument.IsCounter ? " counter\n" : " gauge\n");
        foreach (MetricSeries series in instrument.Series)
        {
            if (series.Counts is { } counts)
            {
                long below = 0;
                for (int i = 0; i < counts.Count; i++)
                {
                    below += counts[i];
                    string bound = i < instrument.Limits!.Length ? instrument.Limits[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    Line(text, name + "_bucket", series, below, bound);
                }

                Line(text, name + "_sum", series, series.Value);
                Line(text, name + "_count", series, below);
            }
            else
            {
                Line(text, name, series, series.Value);
            }
        }
    }

    private static string Name(MetricInstrument instrument)
    {
        string name = new([.. instrument.Instrument.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        string unit = instrument.Instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        return name + (name.EndsWith(unit, StringComparison.Ordinal) ? "" : unit) + (instrument.IsCounter ? "_total" : "");
    }

    private static void Line(StringBuilder text, string name, MetricSeries series, double value, string? bound = null)
    {
        text.Append(name);
        char open = '{';
        foreach ((string key, object? tag) in series.Tags)
        {
            text.Append(open).Append(new string([.. key.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')])).Append("=\"").Append(Escaped(tag)).Append('"');
            open = ',';
        }

        if (bound is not null)
        {
            text.Append(open).Append("le=\"").Append(bound).Append('"');
            open = ',';
        }

        text.Append(open == ',' ? "} " : " ").Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    // OpenTelemetry writes booleans in lower case.
    private static string Escaped(object? tag) => (tag is bool flag ? (flag ? "true" : "false") : Convert.ToString(tag, CultureInfo.InvariantCulture) ?? "")
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
