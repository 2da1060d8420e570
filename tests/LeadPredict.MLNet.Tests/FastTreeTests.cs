using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ML;
using Microsoft.ML.Data;

namespace LeadPredict.MLNet.Tests;

public sealed class FastTreeTests
{
    private static readonly FeatureColumn[] Columns =
        [new("pages", ColumnKind.Numeric), new("days", ColumnKind.Numeric), new("source", ColumnKind.Categorical, 5)];

    [Fact]
    public void RawScore_OfConvertedTrees_IsThatOfThePredictionEnginePool()
    {
        TrainingTable table = Draw(4000, 1);
        var options = new TrainerOptions { Learner = "fasttree", Trees = 60, Seed = 3 };
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        var layout = new SlotLayout(Columns);
        FittedScore ours = new FastTreeLearner().Prepare(table, new int[table.RowCount], options, CancellationToken.None).Fit(rows, CancellationToken.None);
        var model = new ScoreModel(Columns, ours.Trees, null, 1, 0, ours.Intercept, new IdentityCurve(), IntervalTable.Unknown);
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".zip");
        var (trained, context, schema) = new FastTreeFit(layout, options).Fit(table, rows);
        context.Model.Save(trained, schema, file);
        try
        {
            using ServiceProvider services = Pool(file);
            var pool = services.GetRequiredService<PredictionEnginePool<SevenSlots, SlotScore>>();

            // Rows that were never seen, with missing values and a code beyond the last.
            FeatureTable later = Draw(2000, 2).Features;
            var row = new float[Columns.Length];
            var slots = new float[layout.Count];
            for (int i = 0; i < later.RowCount; i++)
            {
                later.CopyRow(i, row);
                row[2] = i % 50 == 0 ? 7 : row[2];
                layout.Fill(row, slots);
                SlotScore theirs = pool.Predict("leads", new SevenSlots { Features = [.. slots] });
                model.Probability(model.RawScore(row)).ShouldBe(theirs.Probability, 1e-6);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Train_FastTreeAsALearner_ExplainsItselfAndIsTheSameTwice()
    {
        TrainingTable table = Draw(1500, 4);
        var trainer = new ModelTrainer([new FastTreeLearner()]);
        var options = new TrainerOptions { Learner = "fasttree", Trees = 30 };
        ScoreModel a = trainer.Train(table, options).Model;
        ScoreModel b = trainer.Train(table, options).Model;
        var row = new float[Columns.Length];
        var contributions = new double[Columns.Length];
        for (int i = 0; i < 200; i++)
        {
            table.Features.CopyRow(i, row);
            a.RawScore(row).ShouldBe(b.RawScore(row));
            (a.Explain(row, contributions) + contributions.Sum()).ShouldBe(a.RawScore(row), 1e-9);
        }
    }

    [Fact]
    public void Train_AMonotoneColumn_IsRefused()
    {
        var options = new TrainerOptions { Learner = "fasttree" };
        options = options with { Monotone = options.Monotone.Add("pages", MonotoneDirection.Increasing) };
        Should.Throw<TrainerOptionException>(() => new ModelTrainer([new FastTreeLearner()]).Train(Draw(200, 5), options));
    }

    private static ServiceProvider Pool(string file)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPredictionEnginePool<SevenSlots, SlotScore>().FromFile("leads", file, watchForChanges: false);
        return services.BuildServiceProvider();
    }

    /// <summary>A pool reads the width of a vector from the type alone.</summary>
    private sealed class SevenSlots
    {
        public bool Label { get; set; }

        public float Weight { get; set; }

        [VectorType(7)]
        public float[] Features { get; set; } = [];
    }

    private static TrainingTable Draw(int count, int seed)
    {
        var random = new Random(seed);
        float[][] columns = [new float[count], new float[count], new float[count]];
        var labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            (columns[0][i], columns[1][i], columns[2][i]) = (random.Next(12), random.NextSingle() * 90, random.Next(5));
            double logOdds = (0.3 * columns[0][i]) - (columns[1][i] / 40) + (columns[2][i] == 2 ? 1.2 : 0) - 1.5;
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)) ? (byte)1 : (byte)0;
            int column = random.Next(3);
            columns[column][i] = random.Next(4) == 0 ? float.NaN : columns[column][i];
        }

        return new TrainingTable(new FeatureTable(Columns, columns), labels);
    }
}
