using BenchmarkDotNet.Attributes;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Benchmarks.Trees;

/// <summary>One fit of 100 trees of 31 leaves, bins included.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class TreeFitBenchmarks
{
    private TrainingTable? _table;

    /// <summary>How many rows.</summary>
    [Params(20_000, 200_000)]
    public int Rows { get; set; }

    /// <summary>Draws the table.</summary>
    [GlobalSetup]
    public void Draw() => _table = DrawnTables.Of(Rows, seed: 1);

    /// <summary>The fit.</summary>
    [Benchmark]
    public TrainedModel Fit() => new ModelTrainer().Train(_table!, DrawnTables.Options);
}
