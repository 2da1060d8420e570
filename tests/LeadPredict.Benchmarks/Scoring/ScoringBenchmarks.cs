using BenchmarkDotNet.Attributes;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Training;

namespace LeadPredict.Benchmarks.Scoring;

/// <summary>One row at a time, and many at once: what serving costs beside the extraction of features.</summary>
[MemoryDiagnoser]
public class ScoringBenchmarks
{
    private const int Rows = 10_000;
    private readonly double[] _scores = new double[Rows];
    private readonly double[] _contributions = new double[DrawnTables.Columns];
    private float[] _rows = [];
    private ScoreModel? _model;
    private ScoreModel? _additive;
    private int _next;

    /// <summary>Trains 100 trees of 31 leaves, and a logistic model with intervals.</summary>
    [GlobalSetup]
    public void Train()
    {
        _model = new ModelTrainer().Train(DrawnTables.Of(50_000, seed: 1), DrawnTables.Options).Model;
        _additive = new ModelTrainer().Train(DrawnTables.Of(2_000, seed: 1), new TrainerOptions { Learner = "logistic" }).Model;
        _rows = DrawnTables.Flat(DrawnTables.Of(Rows, seed: 2).Features);
    }

    /// <summary>Another row each time, so that nothing is remembered.</summary>
    [Benchmark]
    public double OneRow()
    {
        _next = (_next + 1) % Rows;
        return _model!.Probability(_model.RawScore(_rows.AsSpan(_next * DrawnTables.Columns, DrawnTables.Columns)));
    }

    /// <summary>The logistic model with the interval of the score, which is what a row gets that has nothing new about it.</summary>
    [Benchmark]
    public double OneRowOfTheLogisticModelWithTheScoresInterval()
    {
        _next = (_next + 1) % Rows;
        return _additive!.Interval(_additive.RawScore(_rows.AsSpan(_next * DrawnTables.Columns, DrawnTables.Columns))).Low;
    }

    /// <summary>The same with an interval of the row's own.</summary>
    [Benchmark]
    public double OneRowOfTheLogisticModelWithItsInterval()
    {
        _next = (_next + 1) % Rows;
        ReadOnlySpan<float> row = _rows.AsSpan(_next * DrawnTables.Columns, DrawnTables.Columns);
        double raw = _additive!.RawScore(row);
        return _additive.Interval(row, raw, _additive.Probability(raw)).Low;
    }

    /// <summary>The same with what each column adds, exactly.</summary>
    [Benchmark]
    public double OneRowWithReasons()
    {
        _next = (_next + 1) % Rows;
        return _model!.Explain(_rows.AsSpan(_next * DrawnTables.Columns, DrawnTables.Columns), _contributions);
    }

    /// <summary>Ten thousand rows on all processors.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public void ManyRows() => _model!.RawScores(_rows, _scores);
}
