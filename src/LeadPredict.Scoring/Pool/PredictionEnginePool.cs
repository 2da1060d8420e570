using System.Collections.Concurrent;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Scoring.Pool;

/// <summary>Named engines over a repository of models: <c>using var engine = pool.Rent("champion")</c>.</summary>
/// <remarks>
/// Safe to use from many threads. Renting takes no lock and never waits for a load. A new version is loaded and checked whole before the
/// old one leaves; one that is damaged is refused and the old goes on. A lease remembers its generation, so an engine rented before a
/// swap returns to its own, which is freed exactly once, after its last lease came back.
/// </remarks>
public sealed class PredictionEnginePool : IDisposable
{
    private readonly ConcurrentDictionary<string, EngineSlot> _slots = new(StringComparer.Ordinal);
    private readonly ModelRepository _repository;
    private readonly PredictionEnginePoolOptions _options;
    private readonly ITimer? _timer;
    private long _generations;
    private int _refreshing;
    private volatile bool _disposed;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="repository">Where the models are.</param>
    /// <param name="time">When to look for new versions.</param>
    /// <param name="options">Null takes the defaults.</param>
    public PredictionEnginePool(ModelRepository repository, TimeProvider time, PredictionEnginePoolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(time);
        _repository = repository;
        _options = options ?? new();
        if (_options.PollInterval > TimeSpan.Zero)
        {
            _timer = time.CreateTimer(_ => Poll(), null, _options.PollInterval, _options.PollInterval);
        }
    }

    /// <summary>Told of every change, on the thread that made it. Handlers must be quick and must not throw.</summary>
    public event Action<EngineChange>? Changed;

    /// <summary>Adds a named engine and loads its version now, if there is one that can be loaded; see <see cref="Status"/>. Adding it again looks again.</summary>
    /// <param name="engine">The name to rent by.</param>
    /// <param name="source">What it follows: a version, or an alias that may move.</param>
    /// <param name="optional">Whether the alias may name no version: then none serves, and that is no fault.</param>
    /// <param name="loaded">What <see cref="Load"/> gave before, to be taken if it is the version that should serve; or null.</param>
    /// <returns>Whether the version that should serve does.</returns>
    /// <exception cref="ArgumentException">The name follows another source.</exception>
    public bool Add(string engine, ModelReference source, bool optional = false, CompiledModel? loaded = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(engine);
        ArgumentNullException.ThrowIfNull(source);
        ObjectDisposedException.ThrowIf(_disposed, this);
        EngineSlot slot = _slots.GetOrAdd(engine, name => new(name, source, optional));
        return slot.Source == source
            ? Refresh(slot, loaded)
            : throw new ArgumentException($"engine '{engine}' follows {slot.Source} already, not {source}", nameof(source));
    }

    /// <summary>Rents an engine of the version that serves now; dispose the lease to return it.</summary>
    /// <exception cref="EngineNotReadyException">There is no such engine, or no version of it could be loaded yet.</exception>
    public PredictionEngineLease Rent(string engine)
    {
        EngineSlot slot = Slot(engine);
        return TryRent(slot) ?? throw new EngineNotReadyException(engine, $"engine '{engine}' has no model to serve: {slot.Fault ?? "not loaded yet"}");
    }

    /// <summary>The same, or null when no version serves.</summary>
    /// <exception cref="EngineNotReadyException">There is no such engine.</exception>
    public PredictionEngineLease? TryRent(string engine) => TryRent(Slot(engine));

    /// <summary>Looks for the version that an engine should serve and loads it when it is another.</summary>
    /// <returns>Whether that version serves now; false when it was refused, which <see cref="Status"/> explains.</returns>
    /// <exception cref="EngineNotReadyException">There is no such engine.</exception>
    public bool Refresh(string engine) => Refresh(Slot(engine), null);

    /// <summary>Reads a version, makes it ready to serve and scores with it once: what cannot be read or cannot score is refused.</summary>
    /// <param name="repository">Where the models are.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="version">Its version.</param>
    /// <exception cref="ModelReferenceException">There is no such model or version.</exception>
    /// <exception cref="ModelFormatException">A file is missing, damaged or of another format, or a score is no number.</exception>
    public static CompiledModel Load(ModelRepository repository, string name, int version)
    {
        ArgumentNullException.ThrowIfNull(repository);
        CompiledModel compiled = new(repository.Load(name, version));
        EngineTrial.Run(compiled);
        return compiled;
    }

    /// <summary>Whether an engine of that name was added.</summary>
    public bool Contains(string engine) => _slots.ContainsKey(engine);

    /// <summary>Whether a version of that engine serves now; false where no engine of that name was added.</summary>
    public bool Serves(string engine) => _slots.TryGetValue(engine, out EngineSlot? slot) && slot.Current is not null;

    /// <summary>Looks for new versions of all engines.</summary>
    public void RefreshAll()
    {
        foreach (string engine in _slots.Keys.Order(StringComparer.Ordinal))
        {
            Refresh(engine);
        }
    }

    /// <summary>How every engine stands, by name.</summary>
    public IReadOnlyList<EngineStatus> Status() => [.. _slots.Values.OrderBy(slot => slot.Name, StringComparer.Ordinal).Select(slot =>
    {
        EngineGeneration? current = slot.Current;
        ModelArtifact? model = current?.Compiled.Model;
        return new EngineStatus(slot.Name, slot.Source.ToString(), model?.Version, model?.Hash, current?.Number ?? 0, slot.Fault);
    })];

    /// <summary>Stops looking for versions and lets go of all; engines still rented work until they are returned.</summary>
    public void Dispose()
    {
        _disposed = true;
        _timer?.Dispose();
        foreach (EngineSlot slot in _slots.Values)
        {
            EngineGeneration? current = slot.Current;
            if (current is not null && slot.TrySwap(current, null))
            {
                current.Release();
            }
        }
    }

    private bool Refresh(EngineSlot slot, CompiledModel? loaded)
    {
        while (true)
        {
            EngineGeneration? seen = slot.Current;
            EngineGeneration? next = null;
            string model = slot.Source.ToString();
            try
            {
                if (slot.IsOptional && slot.Source.Alias is { } alias && _repository.Aliases(slot.Source.Name)[alias] is null)
                {
                    slot.Note(null);
                    if (slot.TrySwap(seen, null))
                    {
                        seen?.Release();
                        return false;
                    }

                    continue;
                }

                int version = _repository.Resolve(slot.Source);
                model = $"{slot.Source.Name}@{version}";
                if (seen is null || seen.Compiled.Model.Version != version)
                {
                    CompiledModel compiled = loaded?.Model.Name == slot.Source.Name && loaded.Model.Version == version ? loaded : Load(_repository, slot.Source.Name, version);
                    next = new(Interlocked.Increment(ref _generations), compiled, _options.MaxIdle, freed => Freed(slot.Name, freed));
                }
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // Whatever is wrong with a version, what serves goes on: this also runs on a timer, where a throw would end the process.
                if (slot.Note(fault.Message))
                {
                    Changed?.Invoke(new(slot.Name, EngineChangeKind.Refused, model, seen?.Number ?? 0, fault.Message));
                }

                return false;
            }

            if (next is null)
            {
                slot.Note(null);
                return true;
            }

            if (slot.TrySwap(seen, next))
            {
                slot.Note(null);
                seen?.Release();
                Changed?.Invoke(new(slot.Name, EngineChangeKind.Serving, model, next.Number, null));
                if (_disposed && slot.TrySwap(next, null))
                {
                    next.Release();
                }

                return true;
            }

            // Another thread was quicker: look again at what it put there.
            next.Release();
        }
    }

    private PredictionEngineLease? TryRent(EngineSlot slot)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (slot.Current is not { } current)
            {
                return null;
            }

            // A generation can be freed between the two lines; then another one has taken its place.
            if (current.TryHold())
            {
                return new(current);
            }
        }
    }

    private void Poll()
    {
        // A slow load must not pile up further looks behind it.
        if (_disposed || Interlocked.Exchange(ref _refreshing, 1) == 1)
        {
            return;
        }

        try
        {
            RefreshAll();
        }
        finally
        {
            Volatile.Write(ref _refreshing, 0);
        }
    }

    private void Freed(string engine, EngineGeneration generation) =>
        Changed?.Invoke(new(engine, EngineChangeKind.Freed, generation.Compiled.Model.ToString(), generation.Number, null));

    private EngineSlot Slot(string engine) => _slots.TryGetValue(engine, out EngineSlot? slot)
        ? slot
        : throw new EngineNotReadyException(
            engine, $"there is no engine '{engine}'; the pool has {(_slots.IsEmpty ? "none" : string.Join(", ", _slots.Keys.Order(StringComparer.Ordinal)))}");
}
