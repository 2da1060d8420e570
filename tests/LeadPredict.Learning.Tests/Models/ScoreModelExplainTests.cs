using System.Numerics;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Tests.Models;

public sealed class ScoreModelExplainTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(20, 6)]
    [InlineData(2, 10)]
    public void Explain_RandomModels_BaseAndContributionsSumToRawScore(int trees, int depth)
    {
        var random = new Random(depth);
        var contributions = new double[RandomModels.Columns.Length];
        for (int repeat = 0; repeat < 4; repeat++)
        {
            ScoreModel model = RandomModels.Model(random, trees, depth);
            for (int i = 0; i < 10; i++)
            {
                float[] row = RandomModels.Row(random);
                double start = model.Explain(row, contributions);
                (start + contributions.Sum()).ShouldBe(model.RawScore(row), 1e-9);
            }
        }
    }

    [Fact]
    public void Explain_RandomTrees_EqualsShapleyValuesByEnumeration()
    {
        var random = new Random(5);
        var contributions = new double[RandomModels.Columns.Length];
        for (int repeat = 0; repeat < 40; repeat++)
        {
            TreeEnsemble trees = RandomModels.Trees(random, 2, 6);
            var model = new ScoreModel(RandomModels.Columns, trees, null, 1, 0, 0, new IdentityCurve(), IntervalTable.Unknown);
            float[] row = RandomModels.Row(random);
            double start = model.Explain(row, contributions);
            start.ShouldBe(Expectation(trees, row, 0), 1e-9);
            for (int feature = 0; feature < contributions.Length; feature++)
            {
                contributions[feature].ShouldBe(Shapley(trees, row, feature), 1e-9);
            }
        }
    }

    [Fact]
    public void Explain_ManyColumnsAndDeepTree_StillSumsToRawScore()
    {
        // A chain of 100 questions about 100 columns: the longest path allowed comes near this.
        const int Depth = 100;
        FeatureColumn[] columns = [.. Enumerable.Range(0, Depth).Select(i => new FeatureColumn($"x{i}", ColumnKind.Numeric))];
        var model = new ScoreModel(columns, Chain(Depth, 1000, 9.5), null, 1, 0, 0, new IdentityCurve(), IntervalTable.Unknown);
        var row = new float[Depth];
        Array.Fill(row, 1f);
        var contributions = new double[Depth];
        (model.Explain(row, contributions) + contributions.Sum()).ShouldBe(model.RawScore(row), 1e-9);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void Add_FactorsFromTables_EqualsTheWalkThatWorksThemOut(int depth)
    {
        // Depth 6 has trees of more than 64 questions too, which walk in both.
        var random = new Random(depth);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            TreeEnsemble trees = RandomModels.Trees(random, 8, depth);
            float[] row = RandomModels.Row(random);
            var found = new double[row.Length];
            var expected = new double[row.Length];
            LinearTreeShap.Add(trees, row, 0.7, found);
            for (int tree = 0; tree < trees.TreeCount; tree++)
            {
                TreeShap.Add(trees, tree, row, 0.7, expected);
            }

            for (int column = 0; column < row.Length; column++)
            {
                found[column].ShouldBe(expected[column], 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    public void Explain_FewClasses_HasTheBitsOfTheTables(int trees, int depth)
    {
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -0f, 1e30f, -1];
        int inCells = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            TreeEnsemble ensemble = RandomModels.Trees(random, trees, depth);
            inCells += ShapCells.Of(ensemble) is null ? 0 : 1;
            for (int i = 0; i < 100; i++)
            {
                float[] row = RandomModels.Row(random);
                int column = random.Next(row.Length);
                row[column] = (i % 4) switch
                {
                    0 => odd[random.Next(odd.Length)],
                    1 => MathF.BitIncrement(row[column]),
                    2 => MathF.BitDecrement(row[column]),
                    _ => row[column],
                };
                var found = new double[row.Length];
                var expected = new double[row.Length];
                ensemble.Explain(row, 1, found);
                LinearTreeShap.Add(ensemble, row, 1, expected);
                found.ShouldBe(expected);
            }
        }

        inCells.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Of_MoreCombinationsThanFit_IsNone() =>
        ShapCells.Of(RandomModels.Trees(new Random(1), 200, 6)).ShouldBeNull();

    [Fact]
    public void Add_PathsOfMoreThanEightColumns_EqualsTheWalkThatWorksThemOut()
    {
        // Twelve columns on one path take eight points of the quadrature.
        const int Depth = 12;
        TreeEnsemble trees = Chain(Depth, 1000, 60);
        foreach (float value in (float[])[-1, 1])
        {
            float[] row = [.. Enumerable.Range(0, Depth).Select(i => i % 3 == 0 ? -value : value)];
            var found = new double[Depth];
            var expected = new double[Depth];
            LinearTreeShap.Add(trees, row, 1, found);
            TreeShap.Add(trees, 0, row, 1, expected);
            for (int column = 0; column < Depth; column++)
            {
                found[column].ShouldBe(expected[column], 1e-12);
            }
        }
    }

    /// <summary>One tree that asks about column after column and has a leaf at each: as many columns on its longest path as it is deep.</summary>
    private static TreeEnsemble Chain(int depth, double rows, double perLeaf)
    {
        int nodes = (2 * depth) + 1;
        bool Asks(int node) => node % 2 == 0 && node < nodes - 1;
        IEnumerable<int> all = Enumerable.Range(0, nodes);
        return new TreeEnsemble(new TreeArrays
        {
            TreeStarts = [0, nodes],
            Feature = [.. all.Select(node => Asks(node) ? node / 2 : -1)],
            Threshold = [.. new float[nodes]],
            Left = [.. all.Select(node => Asks(node) ? node + 1 : -1)],
            Right = [.. all.Select(node => Asks(node) ? node + 2 : -1)],
            DefaultLeft = [.. new bool[nodes]],
            CategoryStart = [.. Enumerable.Repeat(-1, nodes)],
            CategoryWords = [],
            Value = [.. all.Select(node => Asks(node) ? 0 : Math.Sin(node))],
            Cover = [.. all.Select(node => node % 2 == 0 ? rows - (perLeaf * node / 2) : perLeaf)],
        });
    }

    private static double Shapley(TreeEnsemble trees, float[] row, int feature)
    {
        int count = row.Length;
        double sum = 0;
        for (uint known = 0; known < 1u << count; known++)
        {
            if ((known >> feature & 1) == 0)
            {
                int size = BitOperations.PopCount(known);
                double weight = Factorial(size) * Factorial(count - size - 1) / Factorial(count);
                sum += weight * (Expectation(trees, row, known | (1u << feature)) - Expectation(trees, row, known));
            }
        }

        return sum;
    }

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);

    private static double Expectation(TreeEnsemble trees, float[] row, uint known)
    {
        double sum = 0;
        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            sum += Expectation(trees, row, known, trees.Arrays.TreeStarts[tree]);
        }

        return sum;
    }

    private static double Expectation(TreeEnsemble trees, float[] row, uint known, int node)
    {
        TreeArrays a = trees.Arrays;
        int feature = a.Feature[node];
        if (feature < 0)
        {
            return a.Value[node];
        }

        double left = Expectation(trees, row, known, a.Left[node]);
        double right = Expectation(trees, row, known, a.Right[node]);
        if ((known >> feature & 1) == 0)
        {
            return ((a.Cover[a.Left[node]] * left) + (a.Cover[a.Right[node]] * right)) / a.Cover[node];
        }

        float value = row[feature];
        int start = a.CategoryStart[node];
        bool goesLeft = float.IsNaN(value) ? a.DefaultLeft[node]
            : start < 0 ? value < a.Threshold[node]
            : value < a.CategoryWords[start] * 32 && (a.CategoryWords[start + 1 + ((int)value / 32)] & (1u << ((int)value % 32))) != 0;
        return goesLeft ? left : right;
    }
}
