using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Trees;

/// <summary>
/// Grows one tree leaf by leaf: the leaf whose split saves most is split next (best-first, as LightGBM does), until there are enough leaves.
/// </summary>
/// <remarks>Holds working space; one thread at a time.</remarks>
internal sealed class TreeGrower
{
    private readonly int[] _offsets;
    private readonly HistogramPool _pool;
    private readonly HistogramBuilder _builder;
    private readonly SplitFinder _finder;
    private readonly RowPartition _partition;
    private readonly SplitCandidate[] _leftSplits;
    private readonly SplitCandidate[] _rightSplits;
    private readonly SumScale _scale;
    private readonly GrowthRules _rules;
    private readonly float[] _weights;
    private readonly bool _equalWeights;
    private readonly List<LeafRows> _leaves = [];

    /// <param name="table">The binned features.</param>
    /// <param name="weights">By row of the table.</param>
    /// <param name="scale">Of the derivatives.</param>
    /// <param name="rules">What a tree may look like.</param>
    /// <param name="crew">Does the work, or null for this thread alone.</param>
    public TreeGrower(BinnedTable table, float[] weights, in SumScale scale, GrowthRules rules, ThreadCrew? crew = null)
    {
        crew ??= new ThreadCrew(1);
        _offsets = table.Offsets;
        _pool = new HistogramPool(table.Offsets[^1]);
        _builder = new HistogramBuilder(table, scale, _pool, crew);
        _finder = new SplitFinder(table, scale, rules);
        _partition = new RowPartition(table, crew);
        _leftSplits = new SplitCandidate[table.Columns.Length];
        _rightSplits = new SplitCandidate[table.Columns.Length];
        _scale = scale;
        _rules = rules;
        _weights = weights;
        _equalWeights = !weights.AsSpan().ContainsAnyExcept(1f);
    }

    /// <summary>Grows a tree on the rows given.</summary>
    /// <param name="rows">Rows of the table; put so that those of each leaf lie together.</param>
    /// <param name="count">How many of them, from the first, the tree grows on.</param>
    /// <param name="derivatives">By row of the table.</param>
    /// <param name="columns">The columns that may be asked about, in increasing order.</param>
    public GrownTree Grow(int[] rows, int count, AlignedArray<RowDerivatives> derivatives, int[] columns)
    {
        var tree = new GrownTree();
        var open = new List<OpenLeaf>();
        _leaves.Clear();
        Histogram histogram = _builder.Build(rows.AsMemory(0, count), derivatives, columns);
        int root = tree.Add(new GrownNode { Sum = columns.Length > 0 ? Sum(histogram, columns) : default, Count = count, Depth = 0 });
        if (MaySplit(tree.Nodes[root]))
        {
            tree.Nodes[root].Split = _finder.Find(histogram.Bins, tree.Nodes[root].Sum, ValueBounds.None, columns);
        }

        Open(tree, new OpenLeaf(new LeafRows(root, 0, count), histogram), open);
        for (int leaves = 1; leaves < _rules.Leaves && open.Count > 0; leaves++)
        {
            OpenLeaf leaf = TakeBest(tree, open);
            (LeafRows left, LeafRows right) = Split(tree, leaf.Rows, rows);
            if (leaves + 1 == _rules.Leaves)
            {
                // No leaf is split any more, so nobody asks how.
                _leaves.Add(left);
                _leaves.Add(right);
                _pool.Return(leaf.Histogram);
                break;
            }

            OpenBoth(tree, leaf.Histogram, left, right, rows, derivatives, columns, open);
        }

        foreach (OpenLeaf leaf in open)
        {
            _leaves.Add(leaf.Rows);
            _pool.Return(leaf.Histogram);
        }

        Finish(tree, rows);
        return tree;
    }

    private (LeafRows Left, LeafRows Right) Split(GrownTree tree, LeafRows leaf, int[] rows)
    {
        GrownNode node = tree.Nodes[leaf.Node];
        int middle = _partition.Part(rows, leaf.Start, leaf.End, node.Split);
        (ValueBounds left, ValueBounds right) = BoundsOfChildren(node);
        node.Left = tree.Add(new GrownNode { Sum = node.Split.Left, Count = middle - leaf.Start, Depth = node.Depth + 1, Bounds = left });
        node.Right = tree.Add(new GrownNode { Sum = node.Split.Right, Count = leaf.End - middle, Depth = node.Depth + 1, Bounds = right });
        return (new LeafRows(node.Left, leaf.Start, middle), new LeafRows(node.Right, middle, leaf.End));
    }

    private (ValueBounds Left, ValueBounds Right) BoundsOfChildren(GrownNode node) => node.Bounds.Part(
        _rules.DirectionOf(node.Split.Column),
        node.Bounds.Value(_scale.Read(node.Split.Left), _rules.L2),
        node.Bounds.Value(_scale.Read(node.Split.Right), _rules.L2));

    /// <summary>Adding up the smaller child gives the larger one by subtraction from the parent, whose space it takes over.</summary>
    private void OpenBoth(
        GrownTree tree,
        Histogram parent,
        LeafRows left,
        LeafRows right,
        int[] rows,
        AlignedArray<RowDerivatives> derivatives,
        int[] columns,
        List<OpenLeaf> open)
    {
        bool leftIsSmaller = left.Count <= right.Count;
        LeafRows smaller = leftIsSmaller ? left : right;
        GrownNode leftNode = tree.Nodes[left.Node];
        GrownNode rightNode = tree.Nodes[right.Node];
        (bool leftMay, bool rightMay) = (MaySplit(leftNode), MaySplit(rightNode));

        // A column is looked at as soon as it is added up, while its bins are near.
        Histogram small = _builder.Build(rows.AsMemory(smaller.Start, smaller.Count), derivatives, columns, (small, column) =>
        {
            parent.Subtract(small, _offsets[column], _offsets[column + 1]);
            if (leftMay)
            {
                _leftSplits[column] = _finder.FindIn((leftIsSmaller ? small : parent).Bins, leftNode.Sum, leftNode.Bounds, column);
            }

            if (rightMay)
            {
                _rightSplits[column] = _finder.FindIn((leftIsSmaller ? parent : small).Bins, rightNode.Sum, rightNode.Bounds, column);
            }
        });
        leftNode.Split = leftMay ? SplitFinder.Best(_leftSplits, columns) : default;
        rightNode.Split = rightMay ? SplitFinder.Best(_rightSplits, columns) : default;
        Open(tree, new OpenLeaf(left, leftIsSmaller ? small : parent), open);
        Open(tree, new OpenLeaf(right, leftIsSmaller ? parent : small), open);
    }

    private bool MaySplit(GrownNode node) => node.Depth < GrowthRules.MaxDepth && node.Count >= 2 * _rules.MinLeafSamples;

    /// <summary>Keeps a leaf whose best split is known; one that has none is closed.</summary>
    private void Open(GrownTree tree, OpenLeaf leaf, List<OpenLeaf> open)
    {
        GrownNode node = tree.Nodes[leaf.Rows.Node];
        if (node.Split.Gain > 0)
        {
            open.Add(leaf);
        }
        else
        {
            _leaves.Add(leaf.Rows);
            _pool.Return(leaf.Histogram);
        }
    }

    private static OpenLeaf TakeBest(GrownTree tree, List<OpenLeaf> open)
    {
        int best = 0;
        for (int i = 1; i < open.Count; i++)
        {
            if (tree.Nodes[open[i].Rows.Node].Split.Gain > tree.Nodes[open[best].Rows.Node].Split.Gain)
            {
                best = i;
            }
        }

        OpenLeaf leaf = open[best];
        open.RemoveAt(best);
        return leaf;
    }

    /// <summary>All rows of the root: each is in one bin of the first column in use.</summary>
    private BinSum Sum(Histogram root, int[] columns)
    {
        BinSum sum = default;
        foreach (BinSum bin in root.Bins[_offsets[columns[0]].._offsets[columns[0] + 1]])
        {
            sum += bin;
        }

        return sum;
    }

    /// <summary>Sets leaf values and covers.</summary>
    private void Finish(GrownTree tree, int[] rows)
    {
        foreach (LeafRows leaf in _leaves)
        {
            // A categorical split is weighed with more regularisation, but a leaf's value has one rule.
            GrownNode node = tree.Nodes[leaf.Node];
            node.Value = _rules.LearningRate * node.Bounds.Value(_scale.Read(node.Sum), _rules.L2);
            node.Cover = _equalWeights ? leaf.Count : Weight(rows.AsSpan(leaf.Start, leaf.Count));
        }

        // Children stand after their parent, so going backward meets them first.
        for (int index = tree.Nodes.Count - 1; index >= 0; index--)
        {
            GrownNode node = tree.Nodes[index];
            if (node.Left >= 0)
            {
                node.Cover = tree.Nodes[node.Left].Cover + tree.Nodes[node.Right].Cover;
            }
        }
    }

    private double Weight(ReadOnlySpan<int> rows)
    {
        double sum = 0;
        foreach (int row in rows)
        {
            sum += _weights[row];
        }

        return sum;
    }

    /// <summary>A leaf that may be split.</summary>
    private sealed record OpenLeaf(LeafRows Rows, Histogram Histogram);
}
