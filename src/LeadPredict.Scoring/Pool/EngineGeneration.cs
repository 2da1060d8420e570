using System.Collections.Concurrent;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Scoring.Pool;

/// <summary>One loaded version behind a name. It is held by the pool while it serves and by every lease, and freed when the last lets go.</summary>
internal sealed class EngineGeneration(long number, CompiledModel compiled, int maxIdle, Action<EngineGeneration> freed)
{
    private readonly ConcurrentBag<PredictionEngine> _idle = [];

    // The pool itself is the first holder. At 0 it is freed, and nobody can hold it again.
    private int _holders = 1;

    public long Number { get; } = number;

    public CompiledModel Compiled { get; } = compiled;

    /// <summary>Takes a hold, unless the generation is already freed.</summary>
    public bool TryHold()
    {
        int holders = Volatile.Read(ref _holders);
        while (holders > 0)
        {
            int seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                return true;
            }

            holders = seen;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) != 0)
        {
            return;
        }

        while (_idle.TryTake(out PredictionEngine? engine))
        {
            engine.Dispose();
        }

        freed(this);
    }

    /// <summary>An engine for a holder.</summary>
    public PredictionEngine Take() => _idle.TryTake(out PredictionEngine? engine) ? engine : new(Compiled);

    /// <summary>Takes a holder's engine back and ends its hold.</summary>
    public void Return(PredictionEngine engine)
    {
        if (_idle.Count < maxIdle)
        {
            _idle.Add(engine);
        }
        else
        {
            engine.Dispose();
        }

        Release();
    }
}
