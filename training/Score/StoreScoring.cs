using System.Text;
using LeadPredict.Api.Answers;
using LeadPredict.Funnel.Leads;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Score;

/// <summary>Scores every lead of the store as of one instant, as CSV or with the whole answer a line.</summary>
internal static class StoreScoring
{
    private static readonly string[] Columns =
    [
        "leadId", "asOf", "pSql", "pCloseGivenSql", "pClose", "low", "high", "score", "grade", "points", "nextStage", "action", "abstained",
    ];

    public static async Task<long> ScoreAsync(
        PredictionEngine engine, string store, DateTimeOffset asOf, Stream output, bool lines, ConsoleHost host, CancellationToken cancellation)
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(store, create: false, cancellation);
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        var csv = new CsvOutput(writer);
        if (!lines)
        {
            csv.Write(Columns);
        }

        var scorer = new LeadScorer(engine);
        long rows = 0;
        await foreach (AccountHistory account in history.ReadAccountsAsync(cancellation))
        {
            foreach (LeadHistory lead in account.Leads.Where(lead => lead.Lead.CreatedAt < asOf && lead.Lead.RecordedAt < asOf))
            {
                LeadScore score = scorer.Score(account, lead, asOf);
                if (lines)
                {
                    writer.Write(Encoding.UTF8.GetString(LeadScoreWriter.Write(score)));
                    writer.Write('\n');
                }
                else
                {
                    csv.Write(Cells(score));
                }

                if (++rows % 10_000 == 0)
                {
                    host.Progress($"scored {rows} leads");
                }
            }
        }

        return rows;
    }

    private static string?[] Cells(LeadScore score)
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
            TableScoring.Number(score.Score),
            score.Grade,
            Number(score.Scorecard?.Points),
            score.Next.Stage.ToString(),
            score.Next.Action,
            score.Abstained ? "true" : "false",
        ];
    }

    private static string Number(double? value) => value is { } number ? TableScoring.Number(number) : "";
}
