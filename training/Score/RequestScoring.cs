using LeadPredict.Api.Answers;
using LeadPredict.Api.Requests;
using LeadPredict.Scoring.Engines;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Score;

/// <summary>Scores requests, one a line, in the shapes of <c>POST /v1/score</c>: the same reader, scorer and writer as the service.</summary>
internal static class RequestScoring
{
    public static async Task<long> ScoreAsync(
        PredictionEngine engine, string file, Stream output, ConsoleHost host, CancellationToken cancellation)
    {
        long line = 0;
        long rows = 0;
        using var reader = new StreamReader(file);
        while (await reader.ReadLineAsync(cancellation) is { } text)
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            await output.WriteAsync(Answer(engine, text, file, line, host.Time.GetUtcNow()), cancellation);
            output.WriteByte((byte)'\n');
            if (++rows % 10_000 == 0)
            {
                host.Progress($"scored {rows} leads");
            }
        }

        return rows;
    }

    private static byte[] Answer(PredictionEngine engine, string text, string file, long line, DateTimeOffset now)
    {
        try
        {
            ScoreRequest request = ScoreRequestReader.Read(System.Text.Encoding.UTF8.GetBytes(text));
            return LeadScoreWriter.Write(request.Score(engine, now));
        }
        catch (RequestFaultsException fault)
        {
            throw new RefusalException($"{file}, line {line}: {fault.Message} Nothing was written.", fault);
        }
    }
}
