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
    private readonly RowDraw _draw;
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
        _draw = new RowDraw(rows, rules);
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

    /// <summary>The score of each row of the table after the trees so far, be it learnt from or not.</summary>
    public ReadOnlySpan<double> Scores => _scores;

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
        int count = _draw.Draw(_trees.Count, random, _order);
        int[] columns = SelectionSampling.Draw(_table.Columns.Length, _rules.ColumnShare, random);
        GrownTree tree = _grower.Grow(_order, count, _derivatives, columns);
        if (tree.Nodes.Count == 1 && _rules.SeesAll)
        {
            return null;
        }

        _trees.Add(tree);
        var scorer = new TreeScorer(tree, _table);
        RowChunks.Run(_crew, _table.RowCount, (_, start, end) => scorer.AddTo(_scores, start, end));
        return tree;
    }

    /// <summary>Sends the threads home.</summary>
    public void Dispose() => _crew.Dispose();
}
