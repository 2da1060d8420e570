using LeadPredict.Artifacts.Repository;

namespace LeadPredict.Scoring.Pool;

/// <summary>A name in the pool: what it follows, what serves, and what was refused.</summary>
internal sealed class EngineSlot(string name, ModelReference source, bool isOptional)
{
    private EngineGeneration? _current;
    private string? _fault;

    public string Name { get; } = name;

    public ModelReference Source { get; } = source;

    public bool IsOptional { get; } = isOptional;

    public EngineGeneration? Current => Volatile.Read(ref _current);

    public string? Fault => Volatile.Read(ref _fault);

    /// <summary>Puts the next generation in place of the one that was seen; false when another was put there meanwhile.</summary>
    public bool TrySwap(EngineGeneration? seen, EngineGeneration? next) =>
        ReferenceEquals(Interlocked.CompareExchange(ref _current, next, seen), seen);

    /// <summary>Notes why a version was refused, or that none is; returns whether that is news.</summary>
    public bool Note(string? fault) => Interlocked.Exchange(ref _fault, fault) != fault;
}
