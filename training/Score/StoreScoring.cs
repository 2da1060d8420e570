using System.Buffers;
using LeadPredict.Api.Answers;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
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
            (engine, accounts) => lines ? Lines(engine, accounts, asOf) : Table(engine, accounts, asOf),
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

    private static (ReadOnlyMemory<byte> Bytes, int Rows) Table(PredictionEngine engine, AccountHistory[] accounts, DateTimeOffset asOf)
    {
        var scorer = new LeadScorer(engine);
        FunnelDefinition funnel = engine.Model.Funnel!;
        string?[][] rows = [.. Known(accounts, asOf).Select(known =>
            Cells(scorer.Score(known.Account, known.Lead, asOf), Snapshot.Take(known.Account, known.Lead, asOf).Stage, funnel))];
        return (TableScoring.Text(csv => Array.ForEach(rows, row => csv.Write(row))), rows.Length);
    }

    private static (ReadOnlyMemory<byte> Bytes, int Rows) Lines(PredictionEngine engine, AccountHistory[] accounts, DateTimeOffset asOf)
    {
        var scorer = new LeadScorer(engine);
        var bytes = new ArrayBufferWriter<byte>(256 * 1024);
        int rows = 0;
        foreach ((AccountHistory account, LeadHistory lead) in Known(accounts, asOf))
        {
            LeadScoreWriter.Write(bytes, scorer.Score(account, lead, asOf));
            bytes.Write("\n"u8);
            rows++;
        }

        return (bytes.WrittenMemory, rows);
    }

    private static IEnumerable<(AccountHistory Account, LeadHistory Lead)> Known(AccountHistory[] accounts, DateTimeOffset asOf) =>
        accounts.SelectMany(account => account.Leads.Where(lead => lead.Lead.IsKnownAt(asOf)).Select(lead => (account, lead)));

    private static string?[] Cells(LeadScore score, Stage stage, FunnelDefinition funnel)
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
            stage.ToString(),
            funnel.EntryAhead(stage)?.ToString(),
        ];
    }

    private static string Number(double? value) => value is { } number ? TableScoring.Number(number) : "";
}
