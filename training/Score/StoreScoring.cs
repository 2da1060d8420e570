using System.Buffers;
using LeadPredict.Api.Answers;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Score;

/// <summary>Scores every lead of the store as of one instant, as CSV or with the whole answer a line, on all processors in the store's order.</summary>
internal static class StoreScoring
{
    private static readonly string[] Columns =
    [
        "leadId", "asOf", "pSql", "pCloseGivenSql", "pClose", "low", "high", "score", "grade", "points", "nextStage", "action", "abstained",
        "stage", "assumes",
    ];

    private const int ChunkAccounts = 100;
    private const int RowsBetweenProgress = 10_000;

    public static async Task<(long Rows, IReadOnlyList<string> Warnings)> ScoreAsync(
        CompiledModel model, string store, DateTimeOffset asOf, Stream output, bool lines, ConsoleHost host, CancellationToken cancellation)
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(store, create: false, cancellation);
        if (!lines)
        {
            await output.WriteAsync(TableScoring.Text(csv => csv.Write(Columns)), cancellation);
        }

        long rows = 0;
        await new ScoringCrew(model).RunAsync(
            history.ReadAccountsAsync(cancellation).Chunk(ChunkAccounts),
            (engine, accounts) => Scored(engine, accounts, asOf, lines),
            async scored =>
            {
                await output.WriteAsync(scored.Bytes, cancellation);
                rows += scored.Rows;
                if (rows / RowsBetweenProgress > (rows - scored.Rows) / RowsBetweenProgress)
                {
                    host.Progress($"scored {rows} leads");
                }
            },
            cancellation);
        return (rows, rows == 0 ? [$"no lead of the store was known before {asOf:yyyy-MM-ddTHH:mm:ssZ}, so that nothing was scored."] : []);
    }

    private static (ReadOnlyMemory<byte> Bytes, int Rows) Scored(PredictionEngine engine, AccountHistory[] accounts, DateTimeOffset asOf, bool lines)
    {
        var scorer = new LeadScorer(engine);
        LeadScore[] scores = [.. accounts.SelectMany(account => account.Leads
            .Where(lead => lead.Lead.IsKnownAt(asOf))
            .Select(lead => scorer.Score(account, lead, asOf)))];
        if (!lines)
        {
            return (TableScoring.Text(csv => Array.ForEach(scores, score => csv.Write(Cells(score, engine.Model.Funnel!)))), scores.Length);
        }

        var bytes = new ArrayBufferWriter<byte>(256 * 1024);
        foreach (LeadScore score in scores)
        {
            LeadScoreWriter.Write(bytes, score);
            bytes.Write("\n"u8);
        }

        return (bytes.WrittenMemory, scores.Length);
    }

    private static string?[] Cells(LeadScore score, FunnelDefinition funnel)
    {
        ProbabilityEstimate? last = score.Probabilities.Close ?? score.Probabilities.Sql;
        return
        [
            score.LeadId,
            score.AsOf.ToString("O"),
            Number(score.Probabilities.Sql?.Value),
            Number(score.Probabilities.CloseGivenSql?.Value),
            Number(score.Probabilities.Close?.Value),
            Number(last?.Low),
            Number(last?.High),
            score.Score is { } points ? TableScoring.Number(points) : "",
            score.Grade,
            Number(score.Scorecard?.Points),
            score.Next.Stage.ToString(),
            score.Next.Action,
            score.Abstained ? "true" : "false",
            score.Stage.ToString(),
            funnel.EntryAhead(score.Stage)?.ToString(),
        ];
    }

    private static string Number(double? value) => value is { } number ? TableScoring.Number(number) : "";
}
