using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace LeadPredict.Training.Score;

/// <summary>A file's lines as the bytes they are: decoding would put other text in the place of what is no UTF-8.</summary>
internal static class ByteLines
{
    /// <summary>Reads line by line, without the line feeds; a last one need not have any.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using FileStream stream = File.OpenRead(file);
        PipeReader reader = PipeReader.Create(stream, new(bufferSize: 1 << 16));
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellation);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                yield return rest.Slice(0, end).ToArray();
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (read.IsCompleted)
            {
                if (!rest.IsEmpty)
                {
                    yield return rest.ToArray();
                }

                yield break;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
    }
}
