using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Trees;

/// <summary>The finders against the slow, obvious search over every threshold and, for few codes, every set of codes.</summary>
public sealed class SplitFinderTests
{
    private static readonly GrowthRules Rules = new() { MinLeafSamples = 5, L2 = 0.5, CategorySmoothing = 0, CategoryL2 = 0 };

    [Fact]
    public void Find_NumericColumns_EqualsSearchOverEveryThresholdAndDefault()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Node node = Node.Random(seed, 200);
            foreach (int column in (int[])[0, 1])
            {
                double best = 0;
                int missingBin = node.Table.Columns[column].MissingBin;
                for (int last = 0; last < missingBin; last++)
                {
                    foreach (bool missingLeft in (bool[])[false, true])
                    {
                        best = Math.Max(best, node.Gain(bin => bin == missingBin ? missingLeft : bin <= last, column));
                    }
                }

                node.Find(column).Gain.ShouldBe(best, 1e-9);
            }
        }
    }

    [Fact]
    public void Find_CategoricalColumn_EqualsSearchOverEverySetOfCodes()
    {
        for (int seed = 0; seed < 5; seed++)
        {
            // With neither smoothing nor L2, Fisher's theorem makes the sorted search exact.
            Node node = Node.Random(seed, 300);
            GrowthRules exact = Rules with { L2 = 0, MinLeafSamples = 1 };
            double best = 0;
            for (int set = 1; set < (1 << 13) - 1; set++)
            {
                best = Math.Max(best, node.Gain(bin => (set >> bin & 1) != 0, 2, exact));
            }

            node.Find(2, exact).Gain.ShouldBe(best, 1e-9);
        }
    }

    [Fact]
    public void Find_NoMissingInTheNode_SendsMissingWithTheMajority()
    {
        Node node = Node.Random(1, 300);
        SplitCandidate split = node.Find(0);
        split.MissingLeft.ShouldBe(node.Count(split.Left) >= node.Count(split.Right));
    }

    [Fact]
    public void Find_OnlyBeingMissingMatters_SplitsMissingFromAllValues()
    {
        BinnedTable table = BinnedTable.Of(PlantedRows.Features(400, 9));
        int missingBin = table.Columns[1].MissingBin;
        float[] gradients = [.. Enumerable.Range(0, 400).Select(row => table.Column(1)[row] == missingBin ? -1f : 1f)];
        SplitCandidate split = new Node(table, gradients).Find(1);
        split.MissingLeft.ShouldBeFalse();
        split.LastLeftBin.ShouldBe(missingBin - 1);
    }

    private sealed record Node(BinnedTable Table, float[] Gradients)
    {
        private readonly SumScale _scale = Scale(Gradients.Length);
        private readonly Histogram _histogram = Build(Table, Gradients);

        public static Node Random(int seed, int rows)
        {
            var random = new Random(seed);
            return new Node(
                BinnedTable.Of(PlantedRows.Features(rows, seed)),
                [.. Enumerable.Range(0, rows).Select(_ => (float)(random.NextDouble() - 0.4))]);
        }

        public SplitCandidate Find(int column, GrowthRules? rules = null) =>
            new SplitFinder(Table, _scale, rules ?? Rules).Find(_histogram.Bins, Sum(_ => true, column), ValueBounds.None, [column]);

        public int Count(BinSum sum) => _scale.Count(sum);

        public double Gain(Func<int, bool> goesLeft, int column, GrowthRules? rules = null)
        {
            rules ??= Rules;
            HistogramBin left = _scale.Read(Sum(goesLeft, column));
            HistogramBin right = _scale.Read(Sum(bin => !goesLeft(bin), column));
            return rules.Allows(left, right)
                ? GrowthRules.Worth(left, rules.L2) + GrowthRules.Worth(right, rules.L2) - GrowthRules.Worth(_scale.Read(Sum(_ => true, column)), rules.L2)
                : 0;
        }

        private static SumScale Scale(int rows) => SumScale.For(rows, 1, 0.25);

        private static Histogram Build(BinnedTable table, float[] gradients) =>
            new HistogramBuilder(table, Scale(gradients.Length), new HistogramPool(table.Offsets[^1])).Build(
                Enumerable.Range(0, gradients.Length).ToArray(),
                DrawnDerivatives.Of([.. gradients.Select(gradient => (double)gradient)], _ => 0.25, Scale(gradients.Length)),
                [0, 1, 2]);

        private BinSum Sum(Func<int, bool> takes, int column)
        {
            BinSum sum = default;
            for (int bin = 0; bin <= Table.Columns[column].MissingBin; bin++)
            {
                if (takes(bin))
                {
                    sum += _histogram.Bins[Table.Offsets[column] + bin];
                }
            }

            return sum;
        }
    }
}
