using System.Buffers;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Requests;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Score;

/// <summary>
/// Scores requests, one a line, in the shapes of <c>POST /v1/score</c>: the same reader, scorer and writer as the service, on all processors, in the
/// order of the lines. Requests that name no instant are of the one at which the run began.
/// </summary>
internal static class RequestScoring
{
    private const int ChunkLines = 200;
    private const int RowsBetweenProgress = 10_000;

    /// <param name="model">The model.</param>
    /// <param name="file">The requests.</param>
    /// <param name="output">Where the answers go.</param>
    /// <param name="isAside">Whether they are seen by nobody until they are all there.</param>
    /// <param name="host">Where progress is shown.</param>
    /// <param name="cancellation">Stops between some requests and the next.</param>
    public static async Task<(long Rows, IReadOnlyList<string> Warnings)> ScoreAsync(
        CompiledModel model, string file, Stream output, bool isAside, ConsoleHost host, CancellationToken cancellation)
    {
        DateTimeOffset now = host.Time.GetUtcNow();
        long rows = 0;
        await new ScoringCrew(model).RunAsync(
            ByteLines.ReadAsync(file, cancellation).Index().Where(line => line.Item.Span.ContainsAnyExcept(" \t\r"u8)).Chunk(ChunkLines),
            (engine, lines) => (Answers(engine, lines, file, isAside, now), lines.Length),
            async scored =>
            {
                (ReadOnlyMemory<byte> answers, int lines) = scored;
                await output.WriteAsync(answers, cancellation);
                rows += lines;
                if (rows / RowsBetweenProgress > (rows - lines) / RowsBetweenProgress)
                {
                    host.Progress($"scored {rows} leads");
                }
            },
            cancellation);
        return (rows, []);
    }

    private static ReadOnlyMemory<byte> Answers(PredictionEngine engine, (int Index, ReadOnlyMemory<byte> Text)[] lines, string file, bool isAside, DateTimeOffset now)
    {
        var answers = new ArrayBufferWriter<byte>(256 * 1024);
        foreach ((int index, ReadOnlyMemory<byte> text) in lines)
        {
            try
            {
                ScoreRequest request = ScoreRequestReader.Read(text);
                if (request.LeadId is not null)
                {
                    throw new RequestFaultsException("/leadId", "a lead of the store", "the lead itself, as lead; without --in the store's leads are scored");
                }

                LeadScoreWriter.Write(answers, request.Score(engine, now));
                answers.Write("\n"u8);
            }
            catch (Exception fault) when (fault is RequestFaultsException or LeadNotKnownException)
            {
                throw new RefusalException($"{file}, line {index + 1}: {fault.Message}.{(isAside ? " Nothing was written." : "")}", fault);
            }
        }

        return answers.WrittenMemory;
    }
}
