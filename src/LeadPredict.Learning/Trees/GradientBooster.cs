using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Trees;

/// <summary>
/// Boosts trees for the logistic loss: each tree takes a Newton step on the derivatives at the score so far
/// (Friedman, "Greedy function approximation: a gradient boosting machine", 2001; Chen and Guestrin, "XGBoost", 2016).
/// </summary>
/// <remarks>Holds the state of one fit; one thread at a time.</remarks>
internal sealed class GradientBooster : IDisposable
{
    private readonly BinnedTable _table;
    private readonly BoostingRules _rules;
    private readonly int[] _rows;
    private readonly int[] _order;
    private readonly ThreadCrew _crew;
    private readonly TreeGrower _grower;
    private readonly SumScale _scale;
    private readonly SignedWeights _signed;
    private readonly double[] _scores;
    private readonly AlignedArray<RowDerivatives> _derivatives;
    private readonly List<GrownTree> _trees = [];

    /// <summary>Prepares a fit.</summary>
    /// <param name="table">The binned features.</param>
    /// <param name="training">Labels, weights and offsets of the same rows.</param>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="rules">How to.</param>
    public GradientBooster(BinnedTable table, TrainingTable training, int[] rows, BoostingRules rules)
    {
        _table = table;
        _rows = rows;
        _rules = rules;
        _order = GC.AllocateUninitializedArray<int>(rows.Length);
        _signed = new SignedWeights(training.Labels, training.Weights);
        _scale = LogisticLoss.Scale(table.RowCount, _signed.Largest);
        _crew = new ThreadCrew(rules.Threads);
        _grower = new TreeGrower(table, training.Weights, _scale, rules.Growth, _crew);
        _scores = GC.AllocateUninitializedArray<double>(table.RowCount);
        _derivatives = new AlignedArray<RowDerivatives>(table.RowCount);
        if (training.Offsets is { } offsets)
        {
            offsets.CopyTo(_scores, 0);
        }
        else
        {
            Start = LogisticLoss.BestConstant(training.Labels, training.Weights, rows);
            Array.Fill(_scores, Start);
        }
    }

    /// <summary>The score before the first tree: the log-odds of the base rate, or 0 where the rows have offsets.</summary>
    public double Start { get; }

    /// <summary>The trees so far.</summary>
    public IReadOnlyList<GrownTree> Trees => _trees;

    /// <summary>Adds one tree; returns null, and adds none, when no split helps any more.</summary>
    public GrownTree? AddTree()
    {
        // Of rows that are not learnt from too: they are passed over, and a chunk without gaps is faster.
        RowChunks.Run(
            _crew, _table.RowCount, (_, start, end) => LogisticDerivatives.Fill(_scores, _signed, start, end, _scale, _derivatives));

        // The seed of each tree stands alone, so the first trees do not depend on how many follow.
        var random = new Random(unchecked((_rules.Seed * 1_000_003) + _trees.Count));
        int[] rows = _order;
        if (_rules.RowShare < 1)
        {
            rows = Draw(_rows, _rules.RowShare, random);
        }
        else
        {
            _rows.CopyTo(rows, 0);
        }

        int[] columns = Draw([.. Enumerable.Range(0, _table.Columns.Length)], _rules.ColumnShare, random);
        GrownTree tree = _grower.Grow(rows, _derivatives, columns);
        if (tree.Nodes.Count == 1 && _rules.RowShare >= 1 && _rules.ColumnShare >= 1)
        {
            return null;
        }

        _trees.Add(tree);
        AddToScores(tree, rows);
        return tree;
    }

    /// <summary>Sends the threads home.</summary>
    public void Dispose() => _crew.Dispose();

    /// <summary>Rows that the tree grew on lie by leaf; others have to walk.</summary>
    private void AddToScores(GrownTree tree, int[] rows)
    {
        if (rows == _order)
        {
            LeafRows[] leaves = [.. _grower.Leaves];
            double[] values = Array.ConvertAll(leaves, leaf => tree.Nodes[leaf.Node].Value);
            RowChunks.Run(_crew, rows.Length, (_, start, end) => AddLeaves(leaves, values, rows.AsSpan(start, end - start), start, _scores));
            return;
        }

        RowChunks.Run(_crew, _rows.Length, (_, start, end) =>
        {
            foreach (int row in _rows.AsSpan(start, end - start))
            {
                _scores[row] += tree.Score(_table, row);
            }
        });
    }

    private static void AddLeaves(LeafRows[] leaves, double[] values, ReadOnlySpan<int> rows, int start, double[] scores)
    {
        for (int leaf = 0; leaf < leaves.Length; leaf++)
        {
            int first = Math.Max(leaves[leaf].Start - start, 0);
            int end = Math.Min(leaves[leaf].End - start, rows.Length);
            for (int i = first; i < end; i++)
            {
                scores[rows[i]] += values[leaf];
            }
        }
    }

    /// <summary>A share of the items in their order, at least one; all of them in a new array when the share is 1.</summary>
    private static int[] Draw(int[] items, double share, Random random)
    {
        if (share >= 1 || items.Length == 0)
        {
            return [.. items];
        }

        // Selection sampling (Knuth, volume 2, 3.4.2 S): exactly the wanted number, in order.
        int wanted = Math.Max(1, (int)Math.Round(share * items.Length));
        var drawn = new int[wanted];
        int taken = 0;
        for (int i = 0; taken < wanted; i++)
        {
            if (random.NextDouble() * (items.Length - i) < wanted - taken)
            {
                drawn[taken++] = items[i];
            }
        }

        return drawn;
    }
}
