using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Learning.Models;

namespace LeadPredict.Benchmarks.Peers;

/// <summary>LeadPredict on the peers' file: trained by the console in a process of its own, scored in this one.</summary>
internal static class OurRun
{
    private const int WarmUp = 20_000;
    private const int Singles = 2_000;
    private const int BatchWarmUp = 20;
    private const int Batches = 9;

    /// <summary>Trains and scores.</summary>
    /// <param name="folder">With train.csv and test.csv; the model is put beside them.</param>
    public static (PeerFigures Figures, double ReadMegabytesPerSecond) Of(string folder)
    {
        string models = Path.Combine(folder, "models");
        if (Directory.Exists(models))
        {
            Directory.Delete(models, recursive: true);
        }

        string table = Path.Combine(folder, "train.csv");
        ChildProcess trained = ChildProcess.Run(
            "dotnet",
            [
                ShippedConsole.Path, "train", "--table", table, "--label", "label", "--learner", "trees",
                "--trees", "100", "--leaves", "31", "--learning-rate", "0.1", "--calibration", "none", "--models", models, "--name", "peers", "--json",
            ]);
        using JsonDocument answer = JsonDocument.Parse(trained.Output);
        ScoreModel model = new ModelRepository(models).Load(ModelReference.Parse("peers@1")).Close!;
        (float[] rows, byte[] labels) = ReadTest(Path.Combine(folder, "test.csv"));
        (double batch, double logLoss) = Batch(model, rows, labels);
        double read = answer.RootElement.GetProperty("readSeconds").GetDouble();
        return (
            new("LeadPredict", answer.RootElement.GetProperty("fitSeconds").GetDouble(), logLoss, trained.PeakMegabytes, batch, Single(model, rows)),
            new FileInfo(table).Length / 1e6 / read);
    }

    /// <summary>All rows to probabilities; the median of some times after a warm-up, as a service that has been up for a minute does it.</summary>
    private static (double RowsPerSecond, double LogLoss) Batch(ScoreModel model, float[] rows, byte[] labels)
    {
        var scores = new double[labels.Length];
        List<double> seconds = [];
        for (int time = 0; time < BatchWarmUp + Batches; time++)
        {
            long started = Stopwatch.GetTimestamp();
            model.RawScores(rows, scores);
            Parallel.For(0, 100, part =>
            {
                for (int row = part * scores.Length / 100; row < (part + 1) * scores.Length / 100; row++)
                {
                    scores[row] = model.Probability(scores[row]);
                }
            });
            if (time >= BatchWarmUp)
            {
                seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
        }

        return (labels.Length / PeerFigures.Middle(seconds), scores.Select((p, row) => -Math.Log(labels[row] == 1 ? p : 1 - p)).Average());
    }

    private static double Single(ScoreModel model, float[] rows)
    {
        int width = model.Columns.Count;
        var times = new double[Singles];
        double sum = 0;
        for (int i = 0; i < WarmUp + Singles; i++)
        {
            long started = Stopwatch.GetTimestamp();
            sum += model.Probability(model.RawScore(rows.AsSpan(i * width, width)));
            if (i >= WarmUp)
            {
                times[i - WarmUp] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }
        }

        Array.Sort(times);
        return sum > 0 ? times[Singles / 2] : double.NaN;
    }

    private static (float[] Rows, byte[] Labels) ReadTest(string file)
    {
        List<float> rows = [];
        List<byte> labels = [];
        foreach (string line in File.ReadLines(file).Skip(1))
        {
            string[] cells = line.Split(',');
            rows.AddRange(cells[..^1].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)));
            labels.Add(byte.Parse(cells[^1], CultureInfo.InvariantCulture));
        }

        return ([.. rows], [.. labels]);
    }
}
