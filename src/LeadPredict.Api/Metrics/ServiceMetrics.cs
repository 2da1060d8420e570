using System.Diagnostics;
using System.Diagnostics.Metrics;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.ScoreLog;
using LeadPredict.Scoring.Pool;

namespace LeadPredict.Api.Metrics;

/// <summary>What the service measures of itself, by OpenTelemetry's rules for names and units; the framework and the runtime add their own.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Name = "LeadPredict";

    /// <summary>Traces: one span for each score, inside the request's.</summary>
    public static readonly ActivitySource Traces = new(Name);

    private readonly Meter _meter;
    private readonly Counter<long> _scores;
    private readonly Counter<long> _changes;

    public ServiceMetrics(IMeterFactory meters, ServedModels models, ScoreLogWriter log)
    {
        _meter = meters.Create(Name);
        _scores = _meter.CreateCounter<long>("leadpredict.scores", "{score}", "Scores that were answered, by model.");
        _changes = _meter.CreateCounter<long>("leadpredict.model.changes", "{change}", "Versions that began to serve, were refused or were freed.");
        _meter.CreateObservableGauge("leadpredict.model.version", () => Versions(models), null, "The version that serves.");
        _meter.CreateObservableGauge("leadpredict.score_log.waiting", () => log.Waiting, "{score}", "Scores that wait to be logged.");
        _meter.CreateObservableGauge("leadpredict.score_log.spooled", () => log.Spooled, "{score}", "Those of them that wait in files.");
        _meter.CreateObservableCounter("leadpredict.score_log.left_out", () => log.Left, "{score}", "Scores that were not logged, the store having been away.");
        models.Pool.Changed += change => _changes.Add(1, new("model", change.Engine), new("change", change.Kind.ToString()));
    }

    /// <summary>Counts scores.</summary>
    public void Scored(string model, int scores = 1) => _scores.Add(scores, new KeyValuePair<string, object?>("model", model));

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Versions(ServedModels models)
    {
        foreach (EngineStatus engine in models.Pool.Status())
        {
            if (engine.Version is { } version)
            {
                yield return new(version, new KeyValuePair<string, object?>("model", engine.Engine));
            }
        }
    }
}
