using LeadPredict.Learning.Binning;

namespace LeadPredict.Learning.Trees;

/// <summary>
/// Grows one tree leaf by leaf: the leaf whose split saves most is split next (best-first, as LightGBM does), until there are enough leaves.
/// </summary>
/// <remarks>Holds working space; one thread at a time.</remarks>
internal sealed class TreeGrower(BinnedTable table, float[] weights, GrowthRules rules)
{
    private readonly HistogramBuilder _builder = new(table);
    private readonly SplitFinder _finder = new(table, rules);
    private readonly Stack<HistogramBin[]> _spare = new();
    private readonly int[] _aside = new int[table.RowCount];

    /// <summary>Grows a tree on the rows given.</summary>
    /// <param name="rows">Rows of the table; their order is changed.</param>
    /// <param name="gradients">First derivatives, by row of the table.</param>
    /// <param name="hessians">Second derivatives, by row of the table.</param>
    /// <param name="columns">The columns that may be asked about, in increasing order.</param>
    public GrownTree Grow(int[] rows, float[] gradients, float[] hessians, int[] columns)
    {
        var tree = new GrownTree();
        var open = new List<OpenLeaf>();
        HistogramBin[] histogram = Take();
        _builder.Build(rows, gradients, hessians, columns, histogram);
        int root = tree.Add(new GrownNode { Sums = Sum(rows, gradients, hessians), Depth = 0 });
        Open(tree, new OpenLeaf(root, 0, rows.Length, histogram), columns, open);
        for (int leaves = 1; leaves < rules.Leaves && open.Count > 0; leaves++)
        {
            OpenLeaf leaf = TakeBest(tree, open);
            Split(tree, leaf, rows, gradients, hessians, columns, open);
        }

        foreach (OpenLeaf leaf in open)
        {
            _spare.Push(leaf.Histogram);
        }

        Finish(tree, rows);
        return tree;
    }

    private void Split(GrownTree tree, OpenLeaf leaf, int[] rows, float[] gradients, float[] hessians, int[] columns, List<OpenLeaf> open)
    {
        GrownNode node = tree.Nodes[leaf.Node];
        SplitCandidate split = node.Split;
        int middle = Partition(rows, leaf.Start, leaf.End, split);
        node.Left = tree.Add(new GrownNode { Sums = split.Left, Depth = node.Depth + 1 });
        node.Right = tree.Add(new GrownNode { Sums = split.Right, Depth = node.Depth + 1 });

        // Adding up the smaller child gives the larger one by subtraction from the parent, whose space it takes over.
        bool leftIsSmaller = middle - leaf.Start <= leaf.End - middle;
        (int smallStart, int smallEnd) = leftIsSmaller ? (leaf.Start, middle) : (middle, leaf.End);
        HistogramBin[] small = Take();
        _builder.Build(rows.AsMemory(smallStart, smallEnd - smallStart), gradients, hessians, columns, small);
        HistogramBin[] large = leaf.Histogram;
        _builder.Subtract(large, small, columns);
        Open(tree, new OpenLeaf(node.Left, leaf.Start, middle, leftIsSmaller ? small : large), columns, open);
        Open(tree, new OpenLeaf(node.Right, middle, leaf.End, leftIsSmaller ? large : small), columns, open);
    }

    /// <summary>Looks for the leaf's best split; a leaf that has none is closed.</summary>
    private void Open(GrownTree tree, OpenLeaf leaf, int[] columns, List<OpenLeaf> open)
    {
        GrownNode node = tree.Nodes[leaf.Node];
        if (node.Depth < GrowthRules.MaxDepth && node.Sums.Count >= 2 * rules.MinLeafSamples)
        {
            node.Split = _finder.Find(leaf.Histogram, node.Sums, columns);
        }

        if (node.Split.Gain > 0)
        {
            open.Add(leaf);
        }
        else
        {
            _spare.Push(leaf.Histogram);
        }
    }

    private static OpenLeaf TakeBest(GrownTree tree, List<OpenLeaf> open)
    {
        int best = 0;
        for (int i = 1; i < open.Count; i++)
        {
            if (tree.Nodes[open[i].Node].Split.Gain > tree.Nodes[open[best].Node].Split.Gain)
            {
                best = i;
            }
        }

        OpenLeaf leaf = open[best];
        open.RemoveAt(best);
        return leaf;
    }

    /// <summary>Moves the rows that go left to the front, keeping the order within both sides; returns where the right side starts.</summary>
    private int Partition(int[] rows, int start, int end, in SplitCandidate split)
    {
        ReadOnlySpan<byte> bins = table.Column(split.Column);
        int missingBin = table.Columns[split.Column].MissingBin;
        int left = start;
        int right = 0;
        for (int i = start; i < end; i++)
        {
            int row = rows[i];
            if (split.GoesLeft(bins[row], missingBin))
            {
                rows[left++] = row;
            }
            else
            {
                _aside[right++] = row;
            }
        }

        Array.Copy(_aside, 0, rows, left, right);
        return left;
    }

    private static HistogramBin Sum(int[] rows, float[] gradients, float[] hessians)
    {
        HistogramBin sum = default;
        foreach (int row in rows)
        {
            sum.Gradient += gradients[row];
            sum.Hessian += hessians[row];
        }

        sum.Count = rows.Length;
        return sum;
    }

    /// <summary>Sets leaf values and covers, children before parents.</summary>
    private void Finish(GrownTree tree, int[] rows)
    {
        foreach (GrownNode node in tree.Nodes)
        {
            // A categorical split is weighed with more regularisation, but a leaf's value has one rule.
            node.Value = node.Left >= 0 ? 0 : -rules.LearningRate * node.Sums.Gradient / (node.Sums.Hessian + rules.L2);
        }

        int at = 0;
        SumCovers(tree, 0, rows, ref at);
    }

    /// <summary>The rows of leaves lie one after the other in the order of a walk that goes left first.</summary>
    private double SumCovers(GrownTree tree, int index, int[] rows, ref int at)
    {
        GrownNode node = tree.Nodes[index];
        double sum = 0;
        if (node.Left >= 0)
        {
            sum = SumCovers(tree, node.Left, rows, ref at) + SumCovers(tree, node.Right, rows, ref at);
        }
        else
        {
            for (int end = at + node.Sums.Count; at < end; at++)
            {
                sum += weights[rows[at]];
            }
        }

        node.Cover = sum;
        return sum;
    }

    private HistogramBin[] Take() => _spare.TryPop(out HistogramBin[]? spare) ? spare : new HistogramBin[_builder.Length];

    /// <summary>A leaf that may be split: its rows are <c>rows[Start..End)</c>.</summary>
    private sealed record OpenLeaf(int Node, int Start, int End, HistogramBin[] Histogram);
}
