using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Requests;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Scorecard;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Benchmarks.Http;

/// <summary><c>score-parts</c>: what each step of a score costs in time and allocation, on one thread, over a thousand different leads.</summary>
internal static class ScorePartsCommand
{
    public static int Run(string[] arguments)
    {
        string models = arguments is [var folder, ..] ? folder : SharedFiles.Repository("models");
        using var engine = new PredictionEngine(new ModelRepository(models).Load(ModelReference.Parse("leads")));
        byte[][] bodies = [.. HttpRequests.Leads.Select(Encoding.UTF8.GetBytes)];
        ScoreRequest[] requests = [.. bodies.Select(body => ScoreRequestReader.Read(body))];
        AccountHistory[] accounts = [.. requests.Select(request => new AccountHistory(null, [request.Lead!]))];
        DateTimeOffset asOf = requests[0].AsOf!.Value;
        Snapshot[] snapshots = [.. accounts.Select(account => Snapshot.Take(account, account.Leads[0], asOf))];
        var scorer = new LeadScorer(engine);
        LeadScore[] scores = [.. accounts.Select(account => scorer.Score(account, account.Leads[0], asOf))];
        double[] contributions = new double[engine.Compiled.Extractor.Count];
        float[] row = new float[engine.Compiled.Extractor.Count];
        Part("JSON in, bound to types (a bare endpoint)", lead => JsonSerializer.Deserialize<ScoreBody>(bodies[lead], AnswerJson.Options));
        Part("JSON in, our reader", lead => ScoreRequestReader.Read(bodies[lead]));
        var written = new ArrayBufferWriter<byte>();
        Snapshot? room = null;
        Part("snapshot", lead => room = Snapshot.Take(accounts[lead], accounts[lead].Leads[0], asOf, room));
        Part("features", lead => engine.Compiled.Extractor.Extract(snapshots[lead], row));
        Part("prediction (features and model)", lead => engine.Predict(snapshots[lead]));
        Part("explanation", _ => engine.Explain(ModelLink.Sql, contributions));
        ScorecardEvaluator rules = engine.Compiled.Scorecard!;
        ScorecardTally tally = rules.NewTally();
        Part("rules", lead => rules.Count(snapshots[lead], tally));
        Part("score in numbers without reasons", lead => scorer.Fill(accounts[lead], accounts[lead].Leads[0], asOf, reasons: false));
        Part("score in numbers", lead => scorer.Fill(accounts[lead], accounts[lead].Leads[0], asOf));
        Part("score in words", lead => scorer.Score(accounts[lead], accounts[lead].Leads[0], asOf));
        Part("JSON out by the serializer (a bare endpoint)", lead => JsonSerializer.SerializeToUtf8Bytes(scores[lead], AnswerJson.Options));
        void Written(int lead, bool reasons)
        {
            written.ResetWrittenCount();
            LeadScoreWriter.Write(written, scorer.Fill(accounts[lead], accounts[lead].Leads[0], asOf, reasons));
        }

        Part("score in numbers, and JSON out, without reasons", lead => Written(lead, reasons: false));
        Part("score in numbers, and JSON out", lead => Written(lead, reasons: true));
        Part("JSON in, score, JSON out", lead =>
        {
            written.ResetWrittenCount();
            LeadScoreWriter.Write(written, ScoreRequestReader.Read(bodies[lead]).Fill(engine, asOf));
        });
        return 0;
    }

    /// <summary>The fastest of many short runs, once the runtime has compiled the code for good: what others do on the machine counts little.</summary>
    private static void Part(string name, Action<int> work)
    {
        int times = HttpRequests.Leads.Length;
        double microseconds = double.MaxValue;
        long bytes = 0;
        for (var whole = Stopwatch.StartNew(); whole.ElapsedMilliseconds < 2_000;)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < times; i++)
            {
                work(i);
            }

            microseconds = Math.Min(microseconds, clock.Elapsed.TotalMicroseconds / times);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / times;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-48} {microseconds,8:F1} us {bytes,8} bytes"));
    }
}
