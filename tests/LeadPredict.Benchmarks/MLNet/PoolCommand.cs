using System.Diagnostics;
using System.Globalization;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;
using LeadPredict.MLNet;
using LeadPredict.Scoring.Pool;
using LeadPredict.Training.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ML;
using Microsoft.ML.Data;
using OurPool = LeadPredict.Scoring.Pool.PredictionEnginePool;

namespace LeadPredict.Benchmarks.MLNet;

/// <summary>
/// <c>mlnet-pool</c>: one row at a time through Microsoft.Extensions.ML's pool and through ours, with FastTree's trees in both. In builds with
/// <c>-p:MLNet=true</c> alone.
/// </summary>
internal static class PoolCommand
{
    private const int Rows = 5000;
    private const int Rounds = 9;

    public static async Task<int> RunAsync()
    {
        TrainingTable table = DrawnTables.Of(20_000, seed: 1);
        DirectoryInfo work = Directory.CreateTempSubdirectory("leadpredict-pool-");
        var options = new TrainerOptions { Learner = "fasttree", Trees = 100, Leaves = 31, LearningRate = 0.1 };
        string zip = Path.Combine(work.FullName, "model.zip");
        var layout = new SlotLayout(table.Features.Columns);
        var (trained, context, schema) = new FastTreeFit(layout, options).Fit(table, [.. Enumerable.Range(0, table.RowCount)]);
        context.Model.Save(trained, schema, zip);
        using ServiceProvider services = Services(zip);
        var theirs = services.GetRequiredService<PredictionEnginePool<PoolRow, SlotScore>>();
        using OurPool ours = await PublishedAsync(table, work.FullName);

        float[] rows = DrawnTables.Flat(DrawnTables.Of(Rows, seed: 2).Features);
        Measure("Microsoft.Extensions.ML", i => theirs.Predict(
            "leads", new PoolRow { Features = rows.AsSpan(i * DrawnTables.Columns, DrawnTables.Columns).ToArray() }).Probability);
        Measure("LeadPredict", i =>
        {
            using PredictionEngineLease lease = ours.Rent("champion");
            var model = lease.Model.Close!;
            return model.Probability(model.RawScore(rows.AsSpan(i * DrawnTables.Columns, DrawnTables.Columns)));
        });
        work.Delete(recursive: true);
        return 0;
    }

    private static void Measure(string name, Func<int, double> predict)
    {
        var microseconds = new double[Rounds];
        double bytes = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < Rows; i++)
            {
                predict(i);
            }

            microseconds[round] = Stopwatch.GetElapsedTime(started).TotalMicroseconds / Rows;
            bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Rows;
        }

        Array.Sort(microseconds);
        Console.WriteLine(FormattableString.Invariant($"{name,-24} {microseconds[Rounds / 2],8:F2} us a row {bytes,8:F0} bytes a row"));
    }

    private static async Task<OurPool> PublishedAsync(TrainingTable table, string folder)
    {
        string csv = Path.Combine(folder, "table.csv");
        var row = new float[DrawnTables.Columns];
        await File.WriteAllLinesAsync(csv, Enumerable.Range(0, table.RowCount).Select(index =>
        {
            table.Features.CopyRow(index, row);
            return string.Join(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)).Append(table.Labels[index].ToString(CultureInfo.InvariantCulture)));
        }).Prepend(string.Join(',', Enumerable.Range(0, DrawnTables.Columns).Select(column => $"f{column}").Append("label"))));
        await Training.Program.RunAsync(
            ["train", "--table", csv, "--label", "label", "--learner", "fasttree", "--trees", "100", "--leaves", "31", "--learning-rate", "0.1", "--models", folder, "--name", "pool"],
            new ConsoleHost(TextWriter.Null, Console.Error, TimeProvider.System));
        var pool = new OurPool(new ModelRepository(folder), TimeProvider.System);
        pool.Add("champion", ModelReference.Parse("pool@1"));
        return pool;
    }

    private static ServiceProvider Services(string zip)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPredictionEnginePool<PoolRow, SlotScore>().FromFile("leads", zip, watchForChanges: false);
        return services.BuildServiceProvider();
    }

    private sealed class PoolRow
    {
        public bool Label { get; set; }

        public float Weight { get; set; }

        [VectorType(DrawnTables.Columns)]
        public float[] Features { get; set; } = [];
    }
}
