using LeadPredict.Learning.Logistic;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Tests.Logistic;

/// <summary>A design without some of its forms; the whole one, with those held back hard, is the oracle.</summary>
public sealed class NarrowRowsTests
{
    private const int Rows = 300;
    private static readonly TrainingTable Table = Draw(5);
    private static readonly LogisticDesign Design = new(Table.Features);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Score_OfAnyForms_IsThatOfTheWholeDesign(int seed)
    {
        var random = new Random(seed);
        NarrowRows narrow = NarrowRows.Of(Design, [.. Enumerable.Range(0, Rows)], [.. Design.Penalties.Select(penalty => Enumerable.Range(0, penalty.Forms).Select(_ => random.Next(2) == 0).ToArray())]);
        double[] coefficients = [.. Enumerable.Range(0, narrow.Size).Select(_ => random.NextDouble() - 0.5)];

        double[] whole = narrow.Whole(coefficients);

        narrow.Size.ShouldBeLessThan(Design.Size);
        for (int row = 0; row < Rows; row++)
        {
            narrow.Score(row, coefficients).ShouldBe(Design.Score(row, whole), 1e-5);
        }

        double[] back = narrow.Of(whole);
        for (int i = 0; i < coefficients.Length; i++)
        {
            back[i].ShouldBe(coefficients[i], 1e-9);
        }

        for (int column = 0; column < narrow.Penalties.Length; column++)
        {
            double[][] kept = narrow.Narrow<double>([.. Design.Penalties.Select(penalty => Enumerable.Range(0, penalty.Forms).Select(form => penalty.Value(form, whole)).ToArray())]);
            Enumerable.Range(0, kept[column].Length).Select(form => narrow.Penalties[column].Value(form, coefficients)).Zip(kept[column]).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(3)]
    [InlineData(300)]
    public void Straight_OfFewerNumbers_IsTheFitWhoseBendsAreHeldAtNothing(double ridge)
    {
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var oracle = new NewtonSolver(Design, Table, rows, EmpiricalBayes.Straight(Design, ridge));
        oracle.Finish(1e-12, default);
        var fitter = new LogisticFitter(Table, Design, null);

        double[] exact = fitter.Straight(rows, ridge, default);
        double[] rough = fitter.Straights(rows, [1000, ridge], default)[1];

        for (int row = 0; row < Rows; row++)
        {
            double expected = Design.Score(row, oracle.Coefficients);
            Design.Score(row, exact).ShouldBe(expected, 1e-3);
            Design.Score(row, rough).ShouldBe(expected, 0.02);
        }
    }

    [Fact]
    public void Step_WhoseCurvaturesHardlyChange_EndsWhereTheGradientIsNothing()
    {
        int[] rows = [.. Enumerable.Range(0, Rows)];
        double[][] weights = EmpiricalBayes.Same(Design, 3);
        var solver = new NewtonSolver(Design, Table, rows, weights);
        solver.Finish(1e-14, default);

        double here = solver.Objective;
        for (int place = 0; place < Design.Size; place++)
        {
            foreach (double step in (double[])[-0.01, 0.01])
            {
                double[] moved = [.. solver.Coefficients];
                moved[place] += step;
                new NewtonSolver(Design, Table, rows, weights, moved).Objective.ShouldBeGreaterThan(here);
            }
        }
    }

    /// <summary>A number that bends, one that is often missing, one of noise, and categories.</summary>
    private static TrainingTable Draw(int seed)
    {
        var random = new Random(seed);
        var columns = new float[4][];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = [.. Enumerable.Range(0, Rows).Select(_ => i == 3 ? random.Next(1, 5) : i == 1 && random.Next(4) == 0 ? float.NaN : random.NextSingle() * 10)];
        }

        byte[] labels = [.. Enumerable.Range(0, Rows).Select(row =>
        {
            double score = Math.Abs(columns[0][row] - 5) - 2.5 + (float.IsNaN(columns[1][row]) ? 1 : 0.2 * columns[1][row]) + (columns[3][row] == 2 ? 1 : -1);
            return (byte)(random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : 0);
        })];
        return new(
            new FeatureTable(
                [new("bent", ColumnKind.Numeric), new("missing", ColumnKind.Numeric), new("noise", ColumnKind.Numeric), new("kind", ColumnKind.Categorical, Cardinality: 5, HasOther: true)],
                columns),
            labels);
    }
}
