using System.Buffers;
using System.Collections.Concurrent;

namespace LeadPredict.Api.Answers;

/// <summary>A buffer for one answer, used again for the next: an answer of a score is some kilobytes.</summary>
internal sealed class PooledAnswer : IDisposable
{
    private const int MostKept = 64;
    private const int LargestKept = 64 * 1024;
    private static readonly ConcurrentBag<PooledAnswer> Spare = [];

    private PooledAnswer()
    {
    }

    public ArrayBufferWriter<byte> Buffer { get; } = new(8 * 1024);

    public static PooledAnswer Rent() => Spare.TryTake(out PooledAnswer? spare) ? spare : new();

    public void Dispose()
    {
        if (Buffer.Capacity <= LargestKept && Spare.Count < MostKept)
        {
            Buffer.ResetWrittenCount();
            Spare.Add(this);
        }
    }
}
