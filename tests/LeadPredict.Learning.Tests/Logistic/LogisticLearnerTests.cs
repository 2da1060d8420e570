using LeadPredict.Learning.Logistic;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Tests.Trees;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Tests.Logistic;

public sealed class LogisticLearnerTests
{
    [Fact]
    public void Solve_RandomEquations_AreSolved()
    {
        var random = new Random(1);
        const int Size = 20;
        var a = new double[Size * Size];
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                a[(i * Size) + j] = a[(j * Size) + i] = random.NextDouble() + (i == j ? Size : 0);
            }
        }

        double[] x = [.. Enumerable.Range(0, Size).Select(i => (double)i - 7)];
        double[] right = [.. Enumerable.Range(0, Size).Select(i => Enumerable.Range(0, Size).Sum(j => a[(i * Size) + j] * x[j]))];
        Cholesky.Solve([.. a], right);
        for (int i = 0; i < Size; i++)
        {
            right[i].ShouldBe(x[i], 1e-9);
        }
    }

    [Fact]
    public void Fit_Solution_HasNoSlopeLeft()
    {
        TrainingTable table = PlantedRows.Draw(800, 1, PlantedRows.Curved);
        var design = new LogisticDesign(table.Features);
        var solver = new NewtonSolver(design, table.Labels, table.Weights);
        int[] rows = [.. Enumerable.Range(0, 800)];
        double[] coefficients = solver.Fit(rows, 3, 1e-12, null, default);
        double Objective() => rows.Sum(row => solver.Loss(row, coefficients))
            + coefficients.SelectMany((a, i) => coefficients.Select((b, j) => 1.5 * a * b * design.Penalty[(i * design.Size) + j])).Sum();
        for (int i = 0; i < coefficients.Length; i++)
        {
            double at = coefficients[i];
            coefficients[i] = at + 1e-4;
            double up = Objective();
            coefficients[i] = at - 1e-4;
            double down = Objective();
            coefficients[i] = at;
            ((up - down) / 2e-4).ShouldBe(0, 1e-2, $"coefficient {i}");
        }

        design.Penalty[^1].ShouldBe(0);
    }

    [Fact]
    public void Terms_ServedForm_GivesTheSolversScores()
    {
        TrainingTable table = PlantedRows.Draw(800, 2, PlantedRows.Curved);
        var design = new LogisticDesign(table.Features);
        var solver = new NewtonSolver(design, table.Labels, table.Weights);
        double[] coefficients = solver.Fit([.. Enumerable.Range(0, 800)], 1, 1e-9, null, default);
        var terms = design.Terms(coefficients);
        var row = new float[3];
        double mean = 0;
        for (int i = 0; i < 800; i++)
        {
            table.Features.CopyRow(i, row);
            double served = terms.Score(row);
            (served + coefficients[design.Intercept]).ShouldBe(solver.Score(i, coefficients), 1e-5);
            mean += served / 800;
        }

        terms.Mean.ShouldBe(mean, 1e-9);
    }

    [Fact]
    public void Prepare_NoiseAndSignal_PenalisesNoiseHarder()
    {
        int[] Folds(TrainingTable table) => GroupFolds.Assign(table.Groups, table.Labels, 5, 0);
        TrainingTable noise = PlantedRows.Draw(1000, 3, _ => -1);
        TrainingTable signal = PlantedRows.Draw(1000, 3, PlantedRows.Curved);
        double forNoise = new LogisticLearner().Prepare(noise, Folds(noise), new TrainerOptions(), default).Penalty!.Value;
        double forSignal = new LogisticLearner().Prepare(signal, Folds(signal), new TrainerOptions(), default).Penalty!.Value;
        forNoise.ShouldBeGreaterThan(forSignal);
    }

    [Fact]
    public void Fit_ColumnsWithoutInformation_AreNoObstacle()
    {
        FeatureColumn[] columns = [new("constant", ColumnKind.Numeric), new("empty", ColumnKind.Numeric), new("one", ColumnKind.Categorical, 1)];
        float[] same = [.. Enumerable.Repeat(3f, 100)];
        float[] none = [.. Enumerable.Repeat(float.NaN, 100)];
        var table = new TrainingTable(new FeatureTable(columns, [same, none, new float[100]]), [.. Enumerable.Range(0, 100).Select(i => (byte)(i % 4 == 0 ? 1 : 0))]);
        FittedScore fitted = new LogisticLearner().Prepare(table, new int[100], new TrainerOptions { LogisticL2 = 1 }, default)
            .Fit([.. Enumerable.Range(0, 100)], default);
        fitted.RawScore([3, float.NaN, 0]).ShouldBe(Math.Log(1.0 / 3), 1e-3);
        double.IsFinite(fitted.RawScore([float.NaN, 7, float.NaN])).ShouldBeTrue();
    }
}
