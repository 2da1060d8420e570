using System.Diagnostics;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Funnel.Leads;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage;
using LeadPredict.Testing;
using Npgsql;

namespace LeadPredict.Benchmarks.History;

/// <summary>Reads one lead with its account and scores it with reasons, again and again, in process and with the committed model; between, asks the server for a 1.</summary>
internal static class OneLead
{
    private const int Scored = 3000;
    private const int Warming = 300;

    /// <summary>Milliseconds in order: of leads, and of the bare question, which tells what the machine leaves of any.</summary>
    public static async Task<(double[] Leads, double[] Bare)> MeasureAsync(string text)
    {
        await using var connection = new NpgsqlConnection(text);
        await connection.OpenAsync();
        await using var question = new NpgsqlCommand("SELECT 1", connection);
        await using IHistoryStore store = await HistoryStores.OpenAsync(text, create: false);
        using var engine = new PredictionEngine(new ModelRepository(SharedFiles.Repository("models")).Load(ModelReference.Parse("leads")));
        var scorer = new LeadScorer(engine);
        List<string> ids = [];
        await foreach (string id in store.ReadLeadIdsAsync())
        {
            ids.Add(id);
        }

        DateTimeOffset asOf = (await store.SummarizeAsync()).LastRecordedAt!.Value;
        var random = new Random(3);
        var milliseconds = new double[Scored];
        var bare = new double[Scored];
        for (int i = -Warming; i < Scored; i++)
        {
            string id = ids[random.Next(ids.Count)];
            long started = Stopwatch.GetTimestamp();
            AccountHistory account = (await store.FindAccountOfLeadAsync(id))!;
            scorer.Score(account, account.Leads.Single(lead => lead.Lead.Id == id), asOf);
            double taken = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            started = Stopwatch.GetTimestamp();
            await question.ExecuteScalarAsync();
            if (i >= 0)
            {
                milliseconds[i] = taken;
                bare[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        }

        Array.Sort(milliseconds);
        Array.Sort(bare);
        return (milliseconds, bare);
    }
}
