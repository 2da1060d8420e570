using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Tests.Training;

public sealed class MonotoneTests
{
    [Theory]
    [InlineData("trees", MonotoneDirection.Increasing)]
    [InlineData("trees", MonotoneDirection.Decreasing)]
    [InlineData("logistic", MonotoneDirection.Increasing)]
    [InlineData("logistic", MonotoneDirection.Decreasing)]
    [InlineData("stack", MonotoneDirection.Increasing)]
    [InlineData("stack", MonotoneDirection.Decreasing)]
    public void Train_WithADirection_HoldsForEveryRowAndEveryStep(string learner, MonotoneDirection direction)
    {
        // The truth waves and leans on another column, so a free model breaks either direction.
        TrainingTable table = Draw(3000, 5, row => (1.5 * Math.Sin(2 * row[0])) + (row[1] * row[0] / 2) - 0.5);
        var options = new TrainerOptions { Learner = learner, MaxTrees = 80 };
        ScoreModel free = new ModelTrainer().Train(table, options).Model;
        ScoreModel held = new ModelTrainer().Train(table, options with { Monotone = options.Monotone.Add("x", direction) }).Model;
        Breaks(free, (int)direction).ShouldBeGreaterThan(100);
        Breaks(held, (int)direction).ShouldBe(0);
    }

    [Fact]
    public void Train_TheDirectionOfTheTruth_CostsNothing()
    {
        TrainingTable table = Draw(3000, 6, row => row[0] + (row[1] > 0 ? 0.8 : -0.8) - 1);
        var options = new TrainerOptions { MaxTrees = 80 };
        TrainingTable later = Draw(20_000, 7, row => row[0] + (row[1] > 0 ? 0.8 : -0.8) - 1);
        double free = Loss(new ModelTrainer().Train(table, options).Model, later);
        double held = Loss(new ModelTrainer().Train(table, options with { Monotone = options.Monotone.Add("x", MonotoneDirection.Increasing) }).Model, later);
        held.ShouldBeLessThan(free + 0.001);
    }

    [Theory]
    [InlineData("code", "for 'code', whose values have no order")]
    [InlineData("pages", "for 'pages', which no feature is called")]
    public void Train_AColumnThatCannotBeMonotone_IsRefused(string column, string found)
    {
        TrainingTable table = Draw(200, 8, _ => 0);
        var options = new TrainerOptions();
        options = options with { Monotone = options.Monotone.Add(column, MonotoneDirection.Increasing) };
        TrainerOptionException fault = Should.Throw<TrainerOptionException>(() => new ModelTrainer().Train(table, options));
        fault.Found.ShouldBe(found);
        fault.Expected.ShouldBe("names of numeric features: x, z");
    }

    [Fact]
    public void Columns_NamedInAnotherCase_AreFoundUnlessOneIsNamedExactly()
    {
        FeatureTable table = new([new("v", ColumnKind.Numeric), new("w", ColumnKind.Numeric), new("W", ColumnKind.Numeric)], [[0f], [0f], [0f]]);
        MonotoneColumns.Of(table, Held(("V", MonotoneDirection.Increasing), ("W", MonotoneDirection.Decreasing))).ShouldBe([1, 0, -1]);
        MonotoneColumns.Of(table, Held(("V", MonotoneDirection.Increasing), ("v", MonotoneDirection.Increasing))).ShouldBe([1, 0, 0]);
        Should.Throw<TrainerOptionException>(() => MonotoneColumns.Of(table, Held(("V", MonotoneDirection.Increasing), ("v", MonotoneDirection.Decreasing))))
            .Found.ShouldBe("of two directions for 'v'");
    }

    [Fact]
    public void Column_OfAWideTable_IsRefusedWithAFewNamesAndThoseThatHoldTheWordFirst()
    {
        string[] names = [.. Enumerable.Range(0, 200).Select(i => $"c{i}"), "stage_days"];
        FeatureTable table = new([.. names.Select(name => new FeatureColumn(name, ColumnKind.Numeric))], [.. names.Select(_ => new[] { 0f })]);

        Should.Throw<TrainerOptionException>(() => MonotoneColumns.Of(table, Held(("Stage", MonotoneDirection.Increasing))))
            .Expected.ShouldBe($"names of numeric features: stage_days, {string.Join(", ", names.Take(19))} and 181 more");
    }

    private static TrainerOptions Held(params (string Name, MonotoneDirection Direction)[] columns)
    {
        var options = new TrainerOptions();
        return options with { Monotone = options.Monotone.AddRange(columns.Select(column => KeyValuePair.Create(column.Name, column.Direction))) };
    }

    /// <summary>Over 200 rows and 60 steps of x, how often the probability moves the wrong way.</summary>
    private static int Breaks(ScoreModel model, int direction)
    {
        FeatureTable rows = Draw(200, 9, _ => 0).Features;
        var row = new float[3];
        int breaks = 0;
        for (int i = 0; i < rows.RowCount; i++)
        {
            rows.CopyRow(i, row);
            double before = direction > 0 ? 0 : 1;
            for (int step = -30; step < 30; step++)
            {
                // Past the ends of what was seen too.
                row[0] = step / 6f;
                double probability = model.Probability(model.RawScore(row));
                breaks += direction * (probability - before) < 0 ? 1 : 0;
                before = probability;
            }
        }

        return breaks;
    }

    private static double Loss(ScoreModel model, TrainingTable table)
    {
        var row = new float[3];
        double sum = 0;
        for (int i = 0; i < table.RowCount; i++)
        {
            table.Features.CopyRow(i, row);
            double p = model.Probability(model.RawScore(row));
            sum -= Math.Log(table.Labels[i] == 1 ? p : 1 - p);
        }

        return sum / table.RowCount;
    }

    /// <summary>x and z from -3 to 3, some of them missing, and a code of four; the last has no part in the truth.</summary>
    private static TrainingTable Draw(int count, int seed, Func<float[], double> logOdds)
    {
        var random = new Random(seed);
        float[][] columns = [new float[count], new float[count], new float[count]];
        var labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            float[] row = [(6 * random.NextSingle()) - 3, (6 * random.NextSingle()) - 3, random.Next(4)];
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds(row))) ? (byte)1 : (byte)0;
            columns[0][i] = random.Next(20) == 0 ? float.NaN : row[0];
            columns[1][i] = row[1];
            columns[2][i] = row[2];
        }

        return new TrainingTable(
            new FeatureTable([new("x", ColumnKind.Numeric), new("z", ColumnKind.Numeric), new("code", ColumnKind.Categorical, 4)], columns), labels);
    }
}
