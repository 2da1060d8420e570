using System.Collections.Immutable;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using Microsoft.ML.Trainers.FastTree;

namespace LeadPredict.MLNet;

/// <summary>
/// Turns FastTree's public <c>TrainedTreeEnsemble</c> into the common form. There a value at most the threshold goes left and leaves are
/// numbered from -1 downward; here a value below the threshold goes left, so thresholds move up by the least step of a float, and a
/// code's slot becomes a question for the code.
/// </summary>
public sealed class FastTreeConversion
{
    private const double LeastCover = 1e-3;
    private readonly SlotLayout _layout;
    private readonly IReadOnlyList<FeatureColumn> _columns;
    private readonly double _scale;
    private readonly ImmutableArray<int>.Builder _starts = ImmutableArray.CreateBuilder<int>();
    private readonly List<Node> _nodes = [];
    private readonly ImmutableArray<uint>.Builder _words = ImmutableArray.CreateBuilder<uint>();

    private FastTreeConversion(IReadOnlyList<FeatureColumn> columns, double scale)
    {
        _columns = columns;
        _layout = new SlotLayout(columns);
        _scale = scale;
    }

    /// <summary>Converts an ensemble.</summary>
    /// <param name="ensemble">As FastTree gives it.</param>
    /// <param name="slope">Platt's slope, below 0 where a higher score is more likely: leaves are multiplied by minus it, so they are log-odds.</param>
    /// <param name="table">The rows whose weights become the covers of the nodes.</param>
    /// <param name="rows">Which of them.</param>
    public static TreeEnsemble Convert(RegressionTreeEnsemble ensemble, double slope, TrainingTable table, int[] rows)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        var conversion = new FastTreeConversion(table.Features.Columns, -slope);
        for (int tree = 0; tree < ensemble.Trees.Count; tree++)
        {
            conversion._starts.Add(conversion._nodes.Count);
            conversion.Add(ensemble.Trees[tree], ensemble.TreeWeights[tree], ensemble.Trees[tree].NumberOfNodes == 0 ? -1 : 0);
        }

        conversion._starts.Add(conversion._nodes.Count);

        // FastTree does not say how many rows went where, so they are sent once more.
        return new TreeEnsemble(conversion.ToArrays()).WithCovers(table.Features, table.Weights, rows, LeastCover);
    }

    /// <summary>Adds a node and all below it; returns its place.</summary>
    private int Add(RegressionTree tree, double weight, int index)
    {
        int place = _nodes.Count;
        if (index < 0)
        {
            _nodes.Add(new Node { Feature = -1, Value = _scale * weight * tree.LeafValues[~index] });
            return place;
        }

        (int column, int code) = _layout.Of(tree.NumericalSplitFeatureIndexes[index]);
        float threshold = tree.NumericalSplitThresholds[index];
        var node = new Node { Feature = column };
        _nodes.Add(node);
        if (code < 0)
        {
            node.Threshold = Math.Min(MathF.BitIncrement(threshold), float.MaxValue);
            node.DefaultLeft = SlotLayout.Missing <= threshold;
            node.Left = Add(tree, weight, tree.LeftChild[index]);
            node.Right = Add(tree, weight, tree.RightChild[index]);
            return place;
        }

        // The code's slot is 1 for the code and 0 for all others and for missing ones.
        bool codeGoesRight = 1 > threshold;
        node.CategoryStart = codeGoesRight == 0 > threshold ? -1 : _words.Count;
        if (node.CategoryStart < 0)
        {
            // A question that all rows answer alike is no question.
            _nodes.RemoveAt(place);
            return Add(tree, weight, codeGoesRight ? tree.RightChild[index] : tree.LeftChild[index]);
        }

        int words = (_columns[column].Cardinality + 31) / 32;
        _words.Add((uint)words);
        _words.AddRange(Enumerable.Range(0, words).Select(word => word == code >> 5 ? 1u << (code & 31) : 0));
        node.Left = Add(tree, weight, tree.RightChild[index]);
        node.Right = Add(tree, weight, tree.LeftChild[index]);
        return place;
    }

    private TreeArrays ToArrays() => new()
    {
        TreeStarts = _starts.ToImmutable(),
        Feature = [.. _nodes.Select(node => node.Feature)],
        Threshold = [.. _nodes.Select(node => node.Threshold)],
        Left = [.. _nodes.Select(node => node.Left)],
        Right = [.. _nodes.Select(node => node.Right)],
        DefaultLeft = [.. _nodes.Select(node => node.DefaultLeft)],
        CategoryStart = [.. _nodes.Select(node => node.CategoryStart)],
        CategoryWords = _words.ToImmutable(),
        Value = [.. _nodes.Select(node => node.Value)],
        Cover = [.. _nodes.Select(_ => 1.0)],
    };

    private sealed class Node
    {
        public int Feature { get; init; }

        public float Threshold { get; set; }

        public bool DefaultLeft { get; set; }

        public int CategoryStart { get; set; } = -1;

        public int Left { get; set; } = -1;

        public int Right { get; set; } = -1;

        public double Value { get; init; }
    }
}
