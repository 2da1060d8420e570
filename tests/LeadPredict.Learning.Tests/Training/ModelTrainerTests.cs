using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Tests.Trees;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Tests.Training;

public sealed class ModelTrainerTests
{
    private static readonly TrainerOptions Quick = new() { MaxTrees = 60 };

    [Theory]
    [InlineData("trees")]
    [InlineData("logistic")]
    [InlineData("stack")]
    public void Train_Twice_GivesTheSameNumbers(string learner)
    {
        TrainingTable table = PlantedRows.Draw(800, 1, PlantedRows.Curved, rowsAGroup: 2);
        TrainedModel a = new ModelTrainer().Train(table, Quick with { Learner = learner });
        TrainedModel b = new ModelTrainer().Train(table, Quick with { Learner = learner });
        a.OutOfFoldRaw.ShouldBe(b.OutOfFoldRaw);
        a.Calibration.ShouldBe(b.Calibration);
        var row = new float[3];
        for (int i = 0; i < 100; i++)
        {
            table.Features.CopyRow(i, row);
            double raw = a.Model.RawScore(row);
            b.Model.RawScore(row).ShouldBe(raw);
            b.Model.Interval(raw).ShouldBe(a.Model.Interval(raw));
        }
    }

    [Fact]
    public void Train_Stack_ExplanationsSumAndIntervalsContainTheProbability()
    {
        TrainingTable table = PlantedRows.Draw(1000, 2, PlantedRows.Curved);
        ScoreModel model = new ModelTrainer().Train(table, Quick).Model;
        model.TreeWeight.ShouldBeGreaterThanOrEqualTo(0);
        model.LinearWeight.ShouldBeGreaterThanOrEqualTo(0);
        var contributions = new double[3];
        float[][] rows = [[0.5f, 3, 2], [float.NaN, float.NaN, float.NaN], [1e30f, -1e30f, 11], [0, 0, 400]];
        foreach (float[] row in rows)
        {
            double raw = model.RawScore(row);
            (model.Explain(row, contributions) + contributions.Sum()).ShouldBe(raw, 1e-9);
            ProbabilityInterval interval = model.Interval(raw);
            double probability = model.Probability(raw);
            probability.ShouldBeInRange(interval.Low, interval.High);
        }
    }

    [Fact]
    public void Train_CurvedTruth_IntervalsCoverMostTrueProbabilities()
    {
        TrainingTable table = PlantedRows.Draw(4000, 3, PlantedRows.Curved);
        ScoreModel model = new ModelTrainer().Train(table, Quick).Model;
        FeatureTable later = PlantedRows.Features(4000, 77);
        var row = new float[3];
        var scored = new List<(double Raw, double True)>();
        for (int i = 0; i < later.RowCount; i++)
        {
            later.CopyRow(i, row);
            scored.Add((model.RawScore(row), 1 / (1 + Math.Exp(-PlantedRows.Curved(row)))));
        }

        // The promise is about leads of similar score together, so the truth is averaged over them.
        int inside = 0;
        var bands = scored.OrderBy(lead => lead.Raw).Chunk(200).ToList();
        foreach (var band in bands)
        {
            ProbabilityInterval interval = model.Interval(band[band.Length / 2].Raw);
            double rate = band.Average(lead => lead.True);
            inside += rate >= interval.Low && rate <= interval.High ? 1 : 0;
        }

        inside.ShouldBeGreaterThanOrEqualTo(bands.Count * 8 / 10);
    }

    [Fact]
    public void Train_WhereConversionFallsWithTime_MeetsTheRateToCome()
    {
        const int Rows = 6000;
        int drawn = 0;
        TrainingTable table = PlantedRows.Draw(Rows, 5, row => PlantedRows.Curved(row) - (1.2 * drawn++ / Rows));
        ScoreModel model = new ModelTrainer().Train(table, Quick).Model;
        FeatureTable later = PlantedRows.Features(2000, 78);
        var row = new float[3];
        double foretold = 0;
        double truth = 0;
        for (int i = 0; i < later.RowCount; i++)
        {
            later.CopyRow(i, row);
            foretold += model.Probability(model.RawScore(row)) / later.RowCount;
            truth += 1 / (1 + Math.Exp(1.2 - PlantedRows.Curved(row))) / later.RowCount;
        }

        // The average of the training rows is a tenth higher.
        table.Labels.Average(label => label).ShouldBeGreaterThan(truth + 0.08);
        foretold.ShouldBe(truth, 0.04);
    }

    [Fact]
    public void Train_TreesWithoutCalibration_IsTheTreesAlone()
    {
        TrainingTable table = PlantedRows.Draw(1000, 4, PlantedRows.Curved);
        var options = new TrainerOptions { Learner = "trees", Trees = 100, Leaves = 31, LearningRate = 0.1, Calibration = CalibrationMethod.None };
        TrainedModel trained = new ModelTrainer().Train(table, options);
        trained.TreesUsed.ShouldBe(100);
        trained.Calibration.ShouldBe(CalibrationMethod.None);
        trained.Model.TreeWeight.ShouldBe(1);
        trained.Model.Linear.ShouldBeNull();
    }

    [Fact]
    public void Train_SingleFit_GivesTheSameModelWithoutOutOfFoldScores()
    {
        TrainingTable table = PlantedRows.Draw(1000, 4, PlantedRows.Curved);
        var options = new TrainerOptions { Learner = "trees", Trees = 10, Calibration = CalibrationMethod.None };
        TrainedModel folds = new ModelTrainer().Train(table, options);
        TrainedModel once = new ModelTrainer().Train(table, options with { SingleFit = true });
        once.Model.Trees!.Arrays.Value.ShouldBe(folds.Model.Trees!.Arrays.Value);

        // Scores out of fold show a little of how the level moves; one fit to all rows does not.
        once.Model.Intercept.ShouldBe(folds.Model.Intercept, 0.05);
        once.Model.Intervals.ShouldBe(IntervalTable.Unknown);
        once.OutOfFoldProbability.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(19, "Missing: 1 more that converted.")]
    [InlineData(0, "Missing: 20 more that converted.")]
    public void Train_TooFewPositives_SaysWhatIsMissing(int positives, string missing)
    {
        TrainingTable table = WithPositives(500, positives);
        var refusal = Should.Throw<InsufficientExamplesException>(() => new ModelTrainer().Train(table, Quick));
        refusal.Positives.ShouldBe(positives);
        refusal.Message.ShouldContain(missing);
    }

    [Fact]
    public void Train_TwentyPositivesOfNoise_StaysNearTheBaseRate()
    {
        TrainingTable table = WithPositives(300, 20);
        ScoreModel model = new ModelTrainer().Train(table, Quick).Model;
        var row = new float[3];
        double spread = 0;
        for (int i = 0; i < 300; i++)
        {
            table.Features.CopyRow(i, row);
            double probability = model.Probability(model.RawScore(row));
            spread += Math.Abs(probability - (20 / 300.0)) / 300;
        }

        spread.ShouldBeLessThan(0.04);
    }

    [Fact]
    public void Train_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        TrainingTable table = PlantedRows.Draw(500, 5, PlantedRows.Curved);
        Should.Throw<OperationCanceledException>(() => new ModelTrainer().Train(table, Quick, null, cancelled.Token));
    }

    [Fact]
    public void Train_UnknownLearner_NamesThoseThatExist() =>
        Should.Throw<TrainerOptionException>(() => new ModelTrainer().Train(PlantedRows.Draw(100, 6, _ => 0), Quick with { Learner = "forest" }))
            .Message.ShouldContain("logistic, stack, trees");

    [Fact]
    public void Check_OptionOutsideItsRange_IsNamed()
    {
        Should.Throw<TrainerOptionException>(() => new TrainerOptions { Trees = 0 }.Check()).Option.ShouldBe("Trees");
        Should.Throw<TrainerOptionException>(() => new TrainerOptions { LearningRate = double.NaN }.Check()).Option.ShouldBe("LearningRate");
        Should.Throw<TrainerOptionException>(() => new TrainerOptions { Folds = 1 }.Check()).Option.ShouldBe("Folds");
        Should.Throw<TrainerOptionException>(() => new TrainerOptions { Calibration = (CalibrationMethod)99 }.Check()).Option.ShouldBe("Calibration");
        Should.Throw<TrainerOptionException>(() => new TrainerOptions { SingleFit = true }.Check()).Option.ShouldBe("SingleFit");
        new TrainerOptions().Check();
    }

    private static TrainingTable WithPositives(int rows, int positives)
    {
        FeatureTable features = PlantedRows.Features(rows, 8);
        var labels = new byte[rows];
        for (int i = 0; i < positives; i++)
        {
            labels[(i * 13) % rows] = 1;
        }

        return new TrainingTable(features, labels);
    }
}
