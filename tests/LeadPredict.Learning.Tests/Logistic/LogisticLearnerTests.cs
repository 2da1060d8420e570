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
    public void InverseFactor_RowProducts_AreTheInverse()
    {
        const int Size = 13;
        var random = new Random(5);
        double[][] rows = [.. Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, Size).Select(_ => random.NextDouble() - 0.5).ToArray())];
        var matrix = new double[Size * Size];
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                matrix[(i * Size) + j] = rows.Sum(row => row[i] * row[j]);
            }
        }

        double[] factor = [.. matrix];
        Cholesky.Factor(factor, Size);
        double[] inverse = Cholesky.InverseFactor(factor, Size);
        double Inverse(int a, int b) => OrderedSums.Dot(inverse.AsSpan(a * Size, Size), inverse.AsSpan(b * Size, Size));
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                Enumerable.Range(0, Size).Sum(k => matrix[(i * Size) + k] * Inverse(k, j)).ShouldBe(i == j ? 1 : 0, 1e-9);
            }
        }
    }

    [Fact]
    public void Finish_Solution_HasNoSlopeLeft()
    {
        TrainingTable table = PlantedRows.Draw(800, 1, PlantedRows.Curved);
        var design = new LogisticDesign(table.Features);
        NewtonSolver solver = Solve(table, design, weight: 3, tolerance: 1e-12);
        double[] coefficients = [.. solver.Coefficients];
        double Objective() => Enumerable.Range(0, 800).Sum(row => Loss(table.Labels[row], solver.Score(row, coefficients)))
            + (1.5 * design.Penalties.Sum(penalty => Enumerable.Range(0, penalty.Forms).Sum(form => penalty.Value(form, coefficients))));
        Objective().ShouldBe(solver.Objective, 1e-6);
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

        design.Penalties.ShouldAllBe(penalty => penalty.First + penalty.Count <= design.Intercept);
    }

    [Fact]
    public void Penalties_Forms_CountTheCoefficientsAndMeasureWhatTheySay()
    {
        // Values 0 to 80 and some missing ones: eight stretches of one length.
        float[] values = [.. Enumerable.Range(0, 810).Select(i => i % 10 == 9 ? float.NaN : (float)(i % 81))];
        var basis = new NumericBasis(values, 8, 0);
        basis.Penalty.Ranks.ShouldBe([1, 7, 1]);
        basis.Penalty.Ranks.Sum().ShouldBe(basis.Count);
        double[] line = [.. Enumerable.Range(1, 8).Select(i => 2.0 * i), 8];
        basis.Penalty.Value(1, line).ShouldBe(0, 1e-3, "a straight line has no bends");
        basis.Penalty.Value(0, line).ShouldBeGreaterThan(1);
        basis.Penalty.Value(2, line).ShouldBeLessThan(0.1, "the missing coefficient stands at the mean height");
    }

    [Fact]
    public void Terms_ServedForm_GivesTheSolversScores()
    {
        TrainingTable table = PlantedRows.Draw(800, 2, PlantedRows.Curved);
        var design = new LogisticDesign(table.Features);
        NewtonSolver solver = Solve(table, design, weight: 1, tolerance: 1e-9);
        double[] coefficients = solver.Coefficients;
        var terms = design.Terms(coefficients, table.Weights, null);
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
    public void Weights_PlantedLineAmongNoise_LeaveTheLineAndHoldTheNoise()
    {
        const int Rows = 3000;
        const int Columns = 40;
        var random = new Random(9);
        float[][] values = [.. Enumerable.Range(0, Columns).Select(_ => Enumerable.Range(0, Rows).Select(_ => (float)random.NextDouble()).ToArray())];
        byte[] labels = [.. Enumerable.Range(0, Rows).Select(i => (byte)(random.NextDouble() < 1 / (1 + Math.Exp(1 - (4 * values[0][i]))) ? 1 : 0))];
        var table = new TrainingTable(
            new FeatureTable([.. Enumerable.Range(0, Columns).Select(i => new FeatureColumn($"c{i}", ColumnKind.Numeric))], values), labels);
        FittedScore fitted = new LogisticLearner().Prepare(table, new int[Rows], new TrainerOptions(), default).Fit([.. Enumerable.Range(0, Rows)], default);
        double Effect(int column)
        {
            float[] row = [.. Enumerable.Repeat(0.5f, Columns)];
            row[column] = 0.9f;
            double high = fitted.RawScore(row);
            row[column] = 0.1f;
            return high - fitted.RawScore(row);
        }

        Effect(0).ShouldBe(3.2, 0.5);
        Enumerable.Range(1, Columns - 1).Average(column => Math.Abs(Effect(column))).ShouldBeLessThan(0.05);
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

    private static NewtonSolver Solve(TrainingTable table, LogisticDesign design, double weight, double tolerance)
    {
        var solver = new NewtonSolver(
            design, table, [.. Enumerable.Range(0, table.RowCount)], EmpiricalBayes.Same(design, weight));
        solver.Finish(tolerance, default);
        return solver;
    }

    private static double Loss(byte label, double score) => Math.Log(1 + Math.Exp(label == 1 ? -score : score));
}
