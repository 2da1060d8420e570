using System.Collections.Concurrent;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Training.Score;

/// <summary>Scores chunks on all processors, each with an engine of its own, and hands on what came of them in their order. A few chunks are under way at a time.</summary>
/// <param name="model">What scores.</param>
internal sealed class ScoringCrew(CompiledModel model)
{
    private static readonly int UnderWay = 2 * Environment.ProcessorCount;
    private readonly ConcurrentBag<PredictionEngine> _engines = [];

    /// <summary>Runs until the last chunk is handed on.</summary>
    /// <param name="chunks">What is to be scored; read by one thread.</param>
    /// <param name="score">Scores a chunk; called on many threads at once.</param>
    /// <param name="hand">Takes what came of each chunk, one after the other in order.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task RunAsync<TChunk, TScored>(
        IAsyncEnumerable<TChunk> chunks, Func<PredictionEngine, TChunk, TScored> score, Func<TScored, Task> hand, CancellationToken cancellation)
    {
        var queue = new Queue<Task<TScored>>();
        try
        {
            await foreach (TChunk chunk in chunks.WithCancellation(cancellation))
            {
                queue.Enqueue(Task.Run(() => Score(score, chunk), cancellation));
                if (queue.Count >= UnderWay)
                {
                    await hand(await queue.Dequeue());
                }
            }

            while (queue.Count > 0)
            {
                await hand(await queue.Dequeue());
            }
        }
        finally
        {
            await Task.WhenAll(queue).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private TScored Score<TChunk, TScored>(Func<PredictionEngine, TChunk, TScored> score, TChunk chunk)
    {
        PredictionEngine engine = _engines.TryTake(out PredictionEngine? idle) ? idle : new(model);
        try
        {
            return score(engine, chunk);
        }
        finally
        {
            _engines.Add(engine);
        }
    }
}
