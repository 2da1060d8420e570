using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Requests;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Artifacts;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Scorecard;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Benchmarks.Http;

/// <summary><c>score-parts</c>: what each step of a score costs in time and allocation, on one thread.</summary>
internal static class ScorePartsCommand
{
    public static int Run(string[] arguments)
    {
        string models = arguments is [var folder, ..] ? folder : SharedFiles.Repository("models");
        using var engine = new PredictionEngine(new ModelRepository(models).Load(ModelReference.Parse("leads")));
        byte[] body = Encoding.UTF8.GetBytes(HttpRequests.Lead);
        ScoreRequest request = ScoreRequestReader.Read(body);
        LeadHistory lead = request.Lead!;
        var account = new AccountHistory(null, [lead]);
        DateTimeOffset asOf = request.AsOf!.Value;
        Snapshot snapshot = Snapshot.Take(account, lead, asOf);
        var scorer = new LeadScorer(engine);
        LeadScore score = scorer.Score(account, lead, asOf);
        double[] contributions = new double[engine.Compiled.Extractor.Count];
        float[] row = new float[engine.Compiled.Extractor.Count];
        Part("JSON in, bound to types (a bare endpoint)", () => JsonSerializer.Deserialize<ScoreBody>(body, AnswerJson.Options));
        Part("JSON in, our reader", () => ScoreRequestReader.Read(body));
        var written = new System.Buffers.ArrayBufferWriter<byte>();
        Snapshot? room = null;
        Part("snapshot", () => room = Snapshot.Take(account, lead, asOf, room));
        Part("features", () => engine.Compiled.Extractor.Extract(snapshot, row));
        Part("prediction (features and model)", () => engine.Predict(snapshot));
        Part("explanation", () => engine.Explain(ModelLink.Sql, contributions));
        ScorecardEvaluator rules = engine.Compiled.Scorecard!;
        ScorecardTally tally = rules.NewTally();
        Part("rules", () => rules.Count(snapshot, tally));
        Part("rules in words (part of the answer)", () => tally.Tell());
        Part("score without reasons", () => scorer.Score(account, lead, asOf, reasons: false));
        Part("score with reasons", () => scorer.Score(account, lead, asOf));
        Part("JSON out by the serializer (a bare endpoint)", () => JsonSerializer.SerializeToUtf8Bytes(score, AnswerJson.Options));
        Part("JSON out, our writer", () =>
        {
            written.ResetWrittenCount();
            LeadScoreWriter.Write(written, score);
        });
        return 0;
    }

    /// <summary>The fastest of many short runs, once the runtime has compiled the code for good: what others do on the machine counts little.</summary>
    private static void Part(string name, Action work)
    {
        const int Times = 400;
        double microseconds = double.MaxValue;
        long bytes = 0;
        for (var whole = Stopwatch.StartNew(); whole.ElapsedMilliseconds < 2_000;)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < Times; i++)
            {
                work();
            }

            microseconds = Math.Min(microseconds, clock.Elapsed.TotalMicroseconds / Times);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-45} {microseconds,8:F1} us {bytes,8} bytes"));
    }
}
