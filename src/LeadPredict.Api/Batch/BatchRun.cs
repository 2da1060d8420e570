using System.Buffers;
using System.Collections.Concurrent;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Batch;

/// <summary>
/// Scores a body of many requests while it comes in, on all processors, and answers in order. Only a few chunks are under way at a time: from a
/// caller that does not read its answers nothing is read either.
/// </summary>
internal sealed class BatchRun(ItemCutter cutter, BatchScoring scoring, BatchAnswer answer)
{
    private static readonly int UnderWay = 2 * Environment.ProcessorCount;
    private readonly Queue<Task<ArrayBufferWriter<byte>>> _queue = [];
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _spare = [];
    private Task<ItemChunk?>? _reading;

    /// <summary>Reads, scores and answers until the body ends.</summary>
    /// <exception cref="ProblemException">The body was refused before anything was answered; later it is told as the last item.</exception>
    /// <exception cref="RequestFaultsException">The same.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            Exception? fault = await AnswerAsync(cancellation);
            if (fault is not null && !answer.HasStarted)
            {
                throw fault;
            }

            await answer.EndAsync(fault, cancellation);
        }
        finally
        {
            // Nothing of the request may be touched any more when this returns.
            await Task.WhenAll([.. _queue, _reading ?? Task.CompletedTask]).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<Exception?> AnswerAsync(CancellationToken cancellation)
    {
        Exception? fault = null;
        bool ended = false;
        while (!ended || _queue.Count > 0)
        {
            if (!ended && _queue.Count < UnderWay)
            {
                _reading ??= cutter.NextAsync(cancellation).AsTask();
            }

            Task? first = _queue.TryPeek(out Task<ArrayBufferWriter<byte>>? scored) ? scored : null;
            await Task.WhenAny(first ?? _reading!, _reading ?? first!);
            if (first is { IsCompleted: true })
            {
                ArrayBufferWriter<byte> written = await _queue.Dequeue();
                await answer.WriteAsync(written.WrittenMemory, cancellation);
                written.ResetWrittenCount();
                _spare.Add(written);
                continue;
            }

            try
            {
                ItemChunk? chunk = await _reading!;
                ended = chunk is null;
                if (chunk is not null)
                {
                    _queue.Enqueue(Task.Run(() => ScoreAsync(chunk, cancellation), CancellationToken.None));
                }
            }
            catch (Exception refused) when (refused is ProblemException or RequestFaultsException or BadHttpRequestException or InvalidDataException)
            {
                (fault, ended) = (refused, true);
            }

            _reading = null;
        }

        return fault;
    }

    private async Task<ArrayBufferWriter<byte>> ScoreAsync(ItemChunk chunk, CancellationToken cancellation)
    {
        using (chunk)
        {
            ArrayBufferWriter<byte> output = _spare.TryTake(out ArrayBufferWriter<byte>? spare) ? spare : new(256 * 1024);
            await scoring.ScoreAsync(chunk, output, cancellation);
            return output;
        }
    }
}
