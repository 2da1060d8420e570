using LeadPredict.Learning.Logistic;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Tests.Logistic;

/// <summary>The equations a row have the solution and the covariance of those a coefficient, which are the oracle.</summary>
public sealed class StepEquationsTests
{
    private const int Rows = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RowEquations_OfAWideTable_HaveTheSolutionOfThoseOfCoefficients(int seed)
    {
        var random = new Random(seed);
        LogisticDesign design = Draw(random);
        int[] rows = [.. Enumerable.Range(0, Rows).Where(row => row % 5 != 0)];
        StepEquations.Of(design, rows).ShouldBeOfType<RowEquations>();
        double[] curvatures = [.. rows.Select(_ => 0.25 * random.NextDouble())];
        double[] right = [.. Enumerable.Range(0, design.Size).Select(_ => random.NextDouble() - 0.5)];
        double[][] penalties = [.. design.Penalties.Select(penalty => penalty.Combine([.. Enumerable.Range(0, penalty.Forms).Select(_ => Math.Pow(10, (5 * random.NextDouble()) - 1))]))];

        (double[] solution, Func<int, int, double> covariance) = Solve(new RowEquations(design, rows));
        (double[] expected, Func<int, int, double> oracle) = Solve(new CoefficientEquations(design, rows));

        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < solution.Length; i++)
        {
            solution[i].ShouldBe(expected[i], 1e-5 * largest, "but for what the intercept is held back");
        }

        foreach (ColumnPenalty penalty in design.Penalties)
        {
            for (int a = 0; a < penalty.Count; a++)
            {
                for (int b = 0; b <= a; b++)
                {
                    double expectedHere = oracle(penalty.First + a, penalty.First + b);
                    double scale = Math.Sqrt(oracle(penalty.First + a, penalty.First + a) * oracle(penalty.First + b, penalty.First + b));
                    covariance(penalty.First + a, penalty.First + b).ShouldBe(expectedHere, 1e-5 * scale);
                }
            }
        }

        (double[], Func<int, int, double>) Solve(StepEquations equations)
        {
            // What was weighed and solved before leaves nothing behind.
            equations.Weigh([.. penalties.Select(matrix => matrix.Select(value => value * 2).ToArray())]);
            equations.Solve(curvatures, [.. right]);
            equations.Weigh(penalties);
            double[] solved = [.. right];
            equations.Solve(curvatures, solved);
            return (solved, equations.Covariance());
        }
    }

    /// <summary>Numbers that bend, numbers that are often missing, and categories that share a term.</summary>
    private static LogisticDesign Draw(Random random)
    {
        FeatureColumn[] columns =
        [
            .. Enumerable.Range(0, 40).Select(i => new FeatureColumn($"n{i}", ColumnKind.Numeric)),
            .. Enumerable.Range(0, 6).Select(i => new FeatureColumn($"c{i}", ColumnKind.Categorical, Cardinality: 14, HasOther: true)),
        ];
        float[][] values =
        [
            .. columns.Select(column => Enumerable.Range(0, Rows).Select(_ => column.Kind == ColumnKind.Categorical ? 1 + random.Next(13)
                : random.Next(6) == 0 ? float.NaN : (float)Math.Exp(3 * random.NextDouble())).ToArray()),
        ];
        var table = new FeatureTable(columns, values);
        return new LogisticDesign(table);
    }
}
