using LeadPredict.Artifacts;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Scoring.Pool;

/// <summary>An engine rented from a pool until disposed. It goes on with its version even when another begins to serve.</summary>
/// <remarks>For one thread at a time. Disposing twice does nothing the second time.</remarks>
public sealed class PredictionEngineLease : IDisposable
{
    private readonly EngineGeneration _generation;
    private PredictionEngine? _engine;

    internal PredictionEngineLease(EngineGeneration generation)
    {
        _generation = generation;
        _engine = generation.Take();
    }

    /// <summary>The engine; it must not be kept beyond the lease.</summary>
    /// <exception cref="ObjectDisposedException">The lease was returned.</exception>
    public PredictionEngine Engine => _engine ?? throw new ObjectDisposedException(nameof(PredictionEngineLease), "the engine was returned to its pool");

    /// <summary>The model it serves.</summary>
    public ModelArtifact Model => _generation.Compiled.Model;

    /// <summary>The generation it belongs to, from 1.</summary>
    public long Generation => _generation.Number;

    /// <summary>Rents another engine of the same generation, for another thread, whatever serves by now. Not to be called once this lease is returned.</summary>
    public PredictionEngineLease Another()
    {
        ObjectDisposedException.ThrowIf(_engine is null, this);

        // This lease holds the generation, so that it cannot have been freed.
        return _generation.TryHold() ? new(_generation) : throw new ObjectDisposedException(nameof(PredictionEngineLease));
    }

    /// <summary>Returns the engine to the generation it came from.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _engine, null) is { } engine)
        {
            _generation.Return(engine);
        }
    }
}
