using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Tests.Training;

/// <summary>Planted tables whose later rows are unlike those learnt from.</summary>
public sealed class NovelRowsTests
{
    private const int Rows = 1500;
    private const int Later = 4000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Interval_RowsBeyondALineThatGoesOn_HoldsTheirRate(int seed)
    {
        var random = new Random(seed);
        ScoreModel model = Train([new("x", ColumnKind.Numeric), new("z", ColumnKind.Numeric)], Rows, random, () => [Uniform(random, 0, 2), Normal(random)], Line);

        float[][] beyond = [.. Enumerable.Range(0, Later).Select(_ => new[] { Uniform(random, 2.6, 3.2), Normal(random) })];
        double rate = beyond.Average(row => LogOdds.ToProbability(Line(row)));
        beyond.Average(row => Known(model, row).High).ShouldBeLessThan(rate, "the score alone does not know that they lie beyond");
        Mean(model, beyond).Low.ShouldBeLessThan(rate);
        Mean(model, beyond).High.ShouldBeGreaterThan(rate);

        float[][] within = [.. Enumerable.Range(0, Later).Select(_ => new[] { Uniform(random, 0.1, 1.9), Normal(random) })];
        Mean(model, within).Low.ShouldBe(within.Average(row => Known(model, row).Low), 0.01);
        Mean(model, within).High.ShouldBe(within.Average(row => Known(model, row).High), 0.01);
    }

    [Fact]
    public void Interval_CategoriesNeverSeen_HoldTheirRatesNineInTen()
    {
        const int Categories = 60;
        var random = new Random(11);
        double[] effects = [.. Enumerable.Range(0, 400).Select(_ => 1.2 * Normal(random))];
        double Score(int category) => effects[category] - 1;
        ScoreModel model = Train(
            [new("page", ColumnKind.Categorical, Categories, HasOther: true)], 3000, random, () => [random.Next(1, Categories)], row => Score((int)row[0]));

        // All of them are read as the code of other values.
        float[] unseen = [0];
        ProbabilityInterval known = Known(model, unseen);
        ProbabilityInterval interval = model.Interval(unseen, model.RawScore(unseen), model.Probability(model.RawScore(unseen)));
        double[] rates = [.. Enumerable.Range(Categories, 300).Select(category => LogOdds.ToProbability(Score(category)))];
        rates.Average(rate => rate >= known.Low && rate <= known.High ? 1.0 : 0).ShouldBeLessThan(0.6);
        rates.Average(rate => rate >= interval.Low && rate <= interval.High ? 1.0 : 0).ShouldBeInRange(0.85, 0.97);
    }

    [Fact]
    public void Train_TreesAlone_HaveNoNovelty()
    {
        var random = new Random(3);
        TrainingTable table = Table([new("x", ColumnKind.Numeric), new("z", ColumnKind.Numeric)], 600, random, () => [Uniform(random, 0, 2), Normal(random)], Line);
        new ModelTrainer().Train(table, new TrainerOptions { Learner = "trees" }).Model.Novelty.ShouldBeNull();
    }

    private static double Line(float[] row) => (2 * row[0]) + (0.5 * row[1]) - 3;

    private static ProbabilityInterval Known(ScoreModel model, float[] row) => model.Interval(model.RawScore(row));

    private static ProbabilityInterval Mean(ScoreModel model, float[][] rows)
    {
        ProbabilityInterval[] intervals = [.. rows.Select(row => model.Interval(row, model.RawScore(row), model.Probability(model.RawScore(row))))];
        return new(intervals.Average(interval => interval.Low), intervals.Average(interval => interval.High));
    }

    private static ScoreModel Train(FeatureColumn[] columns, int rows, Random random, Func<float[]> draw, Func<float[], double> score) =>
        new ModelTrainer().Train(Table(columns, rows, random, draw, score), new TrainerOptions()).Model;

    private static TrainingTable Table(FeatureColumn[] columns, int count, Random random, Func<float[]> draw, Func<float[], double> score)
    {
        float[][] rows = [.. Enumerable.Range(0, count).Select(_ => draw())];
        return new(
            new FeatureTable(columns, [.. columns.Select((_, column) => rows.Select(row => row[column]).ToArray())]),
            [.. rows.Select(row => (byte)(random.NextDouble() < LogOdds.ToProbability(score(row)) ? 1 : 0))]);
    }

    private static float Uniform(Random random, double from, double to) => (float)(from + ((to - from) * random.NextDouble()));

    private static float Normal(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
