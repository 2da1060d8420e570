using System.Buffers;
using System.Text.Json;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Requests;
using LeadPredict.Scoring.Pool;

namespace LeadPredict.Api.Batch;

/// <summary>Scores the items of a batch with one version of the model, whatever is promoted meanwhile. A bad item is answered in its place.</summary>
internal sealed class BatchScoring(ScoreHandler scores, PredictionEngineLease lease, bool reasons, ILogger log)
{
    /// <summary>Writes an answer for each item, each followed by a line feed.</summary>
    public async Task ScoreAsync(ItemChunk chunk, ArrayBufferWriter<byte> output, CancellationToken cancellation)
    {
        using PredictionEngineLease own = lease.Another();
        for (int i = 0; i < chunk.Items.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                await scores.AnswerAsync(Read(chunk[i]), own.Engine, reasons, output, cancellation);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                if (ProblemMapping.Of(fault) is not { } problem)
                {
                    log.LogError("{Exception} in a batch at {Stack}", LoggedFault.Name(fault), fault.StackTrace);
                    problem = ProblemMapping.Bug();
                }

                // Nothing of the item was written: an answer is written whole, after it was scored.
                Write(output, chunk.First + i, problem);
            }

            output.Write("\n"u8);
        }
    }

    private static ScoreRequest Read(ReadOnlyMemory<byte> item) => item.Length <= RequestLimits.BodyBytes
        ? ScoreRequestReader.Read(item)
        : throw new ProblemException(ProblemKind.TooLarge, $"The item is larger than {RequestLimits.BodyBytes / 1024 / 1024} MB.");

    /// <summary>What stands in the place of an item that cannot be scored.</summary>
    public static void Write(IBufferWriter<byte> output, int index, ProblemAnswer problem)
    {
        using var json = new Utf8JsonWriter(output, AnswerJson.WriterOptions);
        JsonSerializer.Serialize(json, new BatchProblem(index, problem), AnswerJson.Options);
    }
}

/// <summary>Stands in the place of an item that cannot be scored.</summary>
/// <param name="Index">The item's place in the batch, from 0; blank lines are not counted.</param>
/// <param name="Problem">What was wrong.</param>
public sealed record BatchProblem(int Index, ProblemAnswer Problem);
