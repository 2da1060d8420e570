using LeadPredict.Learning.Binning;

namespace LeadPredict.Learning.Trees;

/// <summary>
/// Boosts trees for the logistic loss: each tree takes a Newton step on the derivatives at the score so far
/// (Friedman, "Greedy function approximation: a gradient boosting machine", 2001; Chen and Guestrin, "XGBoost", 2016).
/// </summary>
/// <remarks>Holds the state of one fit; one thread at a time.</remarks>
internal sealed class GradientBooster
{
    private readonly BinnedTable _table;
    private readonly byte[] _labels;
    private readonly float[] _weights;
    private readonly BoostingRules _rules;
    private readonly int[] _rows;
    private readonly TreeGrower _grower;
    private readonly double[] _scores;
    private readonly float[] _gradients;
    private readonly float[] _hessians;
    private readonly List<GrownTree> _trees = [];

    /// <summary>Prepares a fit.</summary>
    /// <param name="table">The binned features.</param>
    /// <param name="labels">0 or 1, by row of the table.</param>
    /// <param name="weights">By row of the table.</param>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="rules">How to.</param>
    public GradientBooster(BinnedTable table, byte[] labels, float[] weights, int[] rows, BoostingRules rules)
    {
        _table = table;
        _labels = labels;
        _weights = weights;
        _rows = rows;
        _rules = rules;
        _grower = new TreeGrower(table, weights, rules.Growth);
        _scores = new double[table.RowCount];
        _gradients = new float[table.RowCount];
        _hessians = new float[table.RowCount];
        Start = LogisticLoss.BestConstant(labels, weights, rows);
        foreach (int row in rows)
        {
            _scores[row] = Start;
        }
    }

    /// <summary>The score before the first tree: the log-odds of the base rate.</summary>
    public double Start { get; }

    /// <summary>The trees so far.</summary>
    public IReadOnlyList<GrownTree> Trees => _trees;

    /// <summary>Adds one tree; returns null, and adds none, when no split helps any more.</summary>
    public GrownTree? AddTree()
    {
        LogisticLoss.Derivatives(_scores, _labels, _weights, _rows, _gradients, _hessians);

        // The seed of each tree stands alone, so the first trees do not depend on how many follow.
        var random = new Random(unchecked((_rules.Seed * 1_000_003) + _trees.Count));
        int[] rows = Draw(_rows, _rules.RowShare, random);
        int[] columns = Draw([.. Enumerable.Range(0, _table.Columns.Length)], _rules.ColumnShare, random);
        GrownTree tree = _grower.Grow(rows, _gradients, _hessians, columns);
        if (tree.Nodes.Count == 1 && _rules.RowShare >= 1 && _rules.ColumnShare >= 1)
        {
            return null;
        }

        _trees.Add(tree);
        foreach (int row in _rows)
        {
            _scores[row] += tree.Score(_table, row);
        }

        return tree;
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
