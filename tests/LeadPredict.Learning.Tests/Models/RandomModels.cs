using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Tests.Models;

/// <summary>Seeded models and rows of five columns (two of them categorical), with missing values and unseen codes.</summary>
internal static class RandomModels
{
    public static readonly FeatureColumn[] Columns =
    [
        new("a", ColumnKind.Numeric),
        new("b", ColumnKind.Numeric),
        new("c", ColumnKind.Categorical, 40),
        new("d", ColumnKind.Numeric),
        new("e", ColumnKind.Categorical, 3),
    ];

    public static float[] Row(Random random)
    {
        var row = new float[Columns.Length];
        for (int i = 0; i < row.Length; i++)
        {
            bool categorical = Columns[i].Kind == ColumnKind.Categorical;
            row[i] = random.NextDouble() < 0.15 ? float.NaN : categorical ? random.Next(Columns[i].Cardinality + 2) : random.Next(-5, 6);
        }

        return row;
    }

    public static TreeEnsemble Trees(Random random, int trees, int depth)
    {
        var nodes = new Nodes();
        for (int t = 0; t < trees; t++)
        {
            nodes.Starts.Add(nodes.Feature.Count);
            nodes.Grow(random, depth, 1 + (random.NextDouble() * 1000));
        }

        nodes.Starts.Add(nodes.Feature.Count);
        return new TreeEnsemble(nodes.ToArrays());
    }

    public static LinearTerms Linear(Random random) => new(
        [.. Columns.Select(column => column.Kind == ColumnKind.Numeric
            ? (LinearTerm)new NumericTerm([-2, 0, 1.5], [Value(random), Value(random), Value(random)], Value(random), Value(random))
            : new CategoricalTerm([.. Enumerable.Range(0, column.Cardinality).Select(_ => Value(random))], Value(random), Value(random)))]);

    public static ScoreModel Model(Random random, int trees = 5, int depth = 4, IntervalTable? intervals = null, NoveltyTerms? novelty = null) => new(
        Columns, Trees(random, trees, depth), Linear(random), 0.7, 0.4, -1.25, new IdentityCurve(), intervals ?? IntervalTable.Unknown, novelty);

    /// <summary>Some columns without; numbers with and without a stretch that is nothing new.</summary>
    public static NoveltyTerms Novelty(Random random)
    {
        double Variance() => random.Next(2) * random.NextDouble() * random.Next(1, 4);
        return new([.. Columns.Select(LinearTerm? (column) => random.Next(3) == 0 ? null
            : column.Kind == ColumnKind.Categorical ? new CategoricalTerm([.. Enumerable.Range(0, column.Cardinality).Select(_ => Variance())], Variance(), 0)
            : new NumericTerm([-4, -1.1, 0, 0.7, 3], [Variance(), Variance(), Variance(), Variance(), Variance()], Variance(), 0))]);
    }

    /// <summary>Both ends rise, and neither stands by the probability.</summary>
    public static IntervalTable Intervals(Random random)
    {
        double[] ends = [.. Enumerable.Range(0, 6).Select(_ => random.NextDouble()).Order()];
        return new([-3, 0, 4], [ends[0], ends[1], ends[2]], [ends[3], ends[4], ends[5]]);
    }

    private static double Value(Random random) => (random.NextDouble() * 2) - 1;

    private sealed class Nodes
    {
        public List<int> Starts { get; } = [];

        public List<int> Feature { get; } = [];

        private List<float> Threshold { get; } = [];

        private List<int> Left { get; } = [];

        private List<int> Right { get; } = [];

        private List<bool> DefaultLeft { get; } = [];

        private List<int> CategoryStart { get; } = [];

        private List<uint> CategoryWords { get; } = [];

        private List<double> Values { get; } = [];

        private List<double> Cover { get; } = [];

        public int Grow(Random random, int depth, double cover)
        {
            int node = Feature.Count;
            bool leaf = depth == 0 || random.NextDouble() < 0.1;
            int feature = leaf ? -1 : random.Next(Columns.Length);
            bool categorical = !leaf && Columns[feature].Kind == ColumnKind.Categorical;
            Feature.Add(feature);
            Threshold.Add(leaf || categorical ? 0 : random.Next(-4, 5));
            Left.Add(-1);
            Right.Add(-1);
            DefaultLeft.Add(!leaf && random.Next(2) == 0);
            CategoryStart.Add(categorical ? CategoryWords.Count : -1);
            Values.Add(leaf ? Value(random) : 0);
            Cover.Add(cover);
            if (categorical)
            {
                int words = (Columns[feature].Cardinality + 31) / 32;
                CategoryWords.Add((uint)words);
                for (int w = 0; w < words; w++)
                {
                    CategoryWords.Add((uint)random.NextInt64(1L << 32));
                }
            }

            if (!leaf)
            {
                double share = 0.02 + (0.96 * random.NextDouble());
                Left[node] = Grow(random, depth - 1, cover * share);
                Right[node] = Grow(random, depth - 1, cover * (1 - share));
            }

            return node;
        }

        public TreeArrays ToArrays() => new()
        {
            TreeStarts = [.. Starts],
            Feature = [.. Feature],
            Threshold = [.. Threshold],
            Left = [.. Left],
            Right = [.. Right],
            DefaultLeft = [.. DefaultLeft],
            CategoryStart = [.. CategoryStart],
            CategoryWords = [.. CategoryWords],
            Value = [.. Values],
            Cover = [.. Cover],
        };
    }
}
