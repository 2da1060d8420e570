using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Batch;

/// <summary>
/// Scores a body of many requests while it comes in, on all processors, and answers in order. Answers may wait for a caller that sends before it
/// reads, up to <see cref="MostWaiting"/>; then nothing more is read until the caller takes some.
/// </summary>
internal sealed class BatchRun(ItemCutter cutter, BatchScoring scoring, BatchAnswer answer) : IDisposable
{
    /// <summary>How many bytes of answers may wait to be taken, about a thousand answers; the last chunks may go beyond it.</summary>
    public const int MostWaiting = 4 * 1024 * 1024;

    private const int MostUnflushed = 256 * 1024;
    private static readonly int UnderWay = 2 * Environment.ProcessorCount;
    private readonly Channel<Task<ArrayBufferWriter<byte>>> _scored =
        Channel.CreateUnbounded<Task<ArrayBufferWriter<byte>>>(new() { SingleReader = true, SingleWriter = true });

    private readonly SemaphoreSlim _places = new(UnderWay);
    private readonly SemaphoreSlim _taken = new(0);
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _spare = [];
    private long _waiting;

    /// <summary>Reads, scores and answers until the body ends.</summary>
    /// <exception cref="ProblemException">The body was refused before anything was answered; later it is told as the last item.</exception>
    /// <exception cref="RequestFaultsException">The same.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<Exception?> reading = ReadAsync(ended.Token);
        try
        {
            await WriteAsync(cancellation);
            Exception? fault = await reading;
            if (fault is not null && !answer.HasStarted)
            {
                throw fault;
            }

            await answer.EndAsync(fault, cancellation);
        }
        finally
        {
            // Nothing of the request may be touched any more when this returns.
            await ended.CancelAsync();
            await Quietly(reading);
            while (_scored.Reader.TryRead(out Task<ArrayBufferWriter<byte>>? left))
            {
                await Quietly(left);
            }
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _taken.Dispose();
    }

    /// <summary>Reads chunk by chunk and hands each to a processor; returns what was wrong with the body, if anything.</summary>
    private async Task<Exception?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await _places.WaitAsync(cancellation);
                while (Interlocked.Read(ref _waiting) > MostWaiting)
                {
                    await _taken.WaitAsync(cancellation);
                }

                if (await cutter.NextAsync(cancellation) is not { } chunk)
                {
                    return null;
                }

                _scored.Writer.TryWrite(Task.Run(() => ScoreAsync(chunk, cancellation), CancellationToken.None));
            }
        }
        catch (Exception refused) when (refused is ProblemException or RequestFaultsException or BadHttpRequestException or InvalidDataException)
        {
            return refused;
        }
        finally
        {
            _scored.Writer.TryComplete();
        }
    }

    /// <summary>Answers what is scored, in order, with a flush when nothing more is ready.</summary>
    private async Task WriteAsync(CancellationToken cancellation)
    {
        await foreach (Task<ArrayBufferWriter<byte>> chunk in _scored.Reader.ReadAllAsync(cancellation))
        {
            ArrayBufferWriter<byte> written = await chunk;
            answer.Write(written.WrittenSpan);
            int length = written.WrittenCount;
            written.ResetWrittenCount();
            _spare.Add(written);
            bool more = _scored.Reader.TryPeek(out Task<ArrayBufferWriter<byte>>? next) && next.IsCompleted;
            if (!more || answer.Unflushed >= MostUnflushed)
            {
                await answer.FlushAsync(cancellation);
            }

            Interlocked.Add(ref _waiting, -length);
            _taken.Release();
        }
    }

    private async Task<ArrayBufferWriter<byte>> ScoreAsync(ItemChunk chunk, CancellationToken cancellation)
    {
        using (chunk)
        {
            ArrayBufferWriter<byte> output = _spare.TryTake(out ArrayBufferWriter<byte>? spare) ? spare : new(256 * 1024);
            await scoring.ScoreAsync(chunk, output, cancellation);
            Interlocked.Add(ref _waiting, output.WrittenCount);
            _places.Release();
            return output;
        }
    }

    private static Task Quietly(Task task) =>
        task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
