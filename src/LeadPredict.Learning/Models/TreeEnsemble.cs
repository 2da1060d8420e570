using System.Runtime.CompilerServices;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Models;

/// <summary>Decision trees whose leaves add up to a score, in the form that serves.</summary>
/// <remarks>
/// Immutable and safe to use from many threads; scoring allocates nothing. A numeric value below the threshold goes left, a code in the node's
/// set goes left, a missing value goes where the node's default says, any other value goes right.
/// </remarks>
public sealed class TreeEnsemble
{
    private readonly LeafMasks? _masks;
    private readonly Lazy<ShapTables> _shapTables;
    private readonly Lazy<ShapCells?> _shapCells;

    /// <summary>Checks the arrays and keeps them.</summary>
    /// <param name="arrays">The nodes of all trees.</param>
    /// <exception cref="ModelShapeException">Lengths differ, a number is not finite, or the nodes do not form trees.</exception>
    public TreeEnsemble(TreeArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        Depth = TreeArraysCheck.Check(arrays);
        Arrays = arrays;
        Quadrature = GaussLegendre.WithPoints(Math.Max(1, (Depth + 1) / 2));
        double[] means = TreeMeans.Of(arrays);
        for (int tree = 0; tree < TreeCount; tree++)
        {
            Mean += means[arrays.TreeStarts[tree]];
            Bound += TreeMeans.LargestLeaf(arrays, tree);
        }

        _masks = LeafMasksBuilder.Build(this);
        _shapTables = new(() => ShapTables.Of(arrays));
        _shapCells = new(() => ShapCells.Of(this));
    }

    /// <summary>The nodes.</summary>
    public TreeArrays Arrays { get; }

    /// <summary>The number of trees, 0 or more.</summary>
    public int TreeCount => Arrays.TreeStarts.Length - 1;

    /// <summary>The most questions a row is asked by one tree.</summary>
    public int Depth { get; }

    /// <summary>The mean score over the training rows, by the covers: what explanations start from.</summary>
    public double Mean { get; }

    /// <summary>No score is further from 0 than this.</summary>
    internal double Bound { get; }

    /// <summary>Exact for the polynomials of <see cref="TreeShap"/>: their degree is below <see cref="Depth"/>.</summary>
    internal GaussLegendre Quadrature { get; }

    /// <summary>What reasons are worked out from; made when first asked for, as most ensembles of training never are.</summary>
    internal ShapTables ShapTables => _shapTables.Value;

    /// <summary>The sum of the leaves that a row reaches, in log-odds.</summary>
    /// <param name="row">One value a column, in the order of the model's columns; NaN is missing.</param>
    public double Score(ReadOnlySpan<float> row) => _masks is null ? Walk(row) : _masks.Score(row);

    /// <summary>
    /// Adds the weighted contributions of all trees, the exact values of path-dependent TreeSHAP; what belongs to no column is the weight times
    /// <see cref="Mean"/>.
    /// </summary>
    internal void Explain(ReadOnlySpan<float> row, double weight, Span<double> contributions)
    {
        if (_shapCells.Value is { } cells)
        {
            cells.Add(row, weight, contributions);
        }
        else
        {
            LinearTreeShap.Add(this, row, weight, contributions);
        }
    }

    /// <summary>The same trees with the covers of other rows: for trees of learners that do not say how many rows went where.</summary>
    /// <param name="table">Columns as the trees ask for them.</param>
    /// <param name="weights">By row of the table.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="least">What a node that no row reaches is given, above 0.</param>
    public TreeEnsemble WithCovers(FeatureTable table, float[] weights, int[] rows, double least)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(rows);
        var covers = new double[Arrays.Feature.Length];
        var row = new float[table.Columns.Count];
        foreach (int index in rows)
        {
            table.CopyRow(index, row);
            for (int tree = 0; tree < TreeCount; tree++)
            {
                int node = Arrays.TreeStarts[tree];
                covers[node] += weights[index];
                while (Arrays.Feature[node] >= 0)
                {
                    node = GoesLeft(node, row) ? Arrays.Left[node] : Arrays.Right[node];
                    covers[node] += weights[index];
                }
            }
        }

        return new TreeEnsemble(Arrays with { Cover = [.. covers.Select(cover => Math.Max(cover, least))] });
    }

    /// <summary>The same by going from question to question: for trees of many leaves, and the oracle of the masks.</summary>
    internal double Walk(ReadOnlySpan<float> row)
    {
        ReadOnlySpan<int> starts = Arrays.TreeStarts.AsSpan();
        double sum = 0;
        for (int tree = 0; tree + 1 < starts.Length; tree++)
        {
            sum += Arrays.Value[Leaf(starts[tree], row)];
        }

        return sum;
    }

    /// <summary>Whether a row goes left at a node that is no leaf.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool GoesLeft(int node, ReadOnlySpan<float> row)
    {
        float value = row[Arrays.Feature[node]];
        if (float.IsNaN(value))
        {
            return Arrays.DefaultLeft[node];
        }

        int start = Arrays.CategoryStart[node];
        return start < 0 ? value < Arrays.Threshold[node] : Holds(start, value);
    }

    /// <summary>Refuses questions that the columns cannot answer.</summary>
    internal void CheckColumns(IReadOnlyList<FeatureColumn> columns)
    {
        for (int node = 0; node < Arrays.Feature.Length; node++)
        {
            int feature = Arrays.Feature[node];
            if (feature >= columns.Count)
            {
                throw ModelShapeException.Of($"Trees.Feature[{node}]", feature, $"a column from 0 to {columns.Count - 1}");
            }

            if (feature >= 0 && columns[feature].Kind == ColumnKind.Categorical != Arrays.CategoryStart[node] >= 0)
            {
                throw ModelShapeException.Of(
                    $"Trees.CategoryStart[{node}]",
                    Arrays.CategoryStart[node],
                    $"a question that fits column '{columns[feature].Name}', which is {columns[feature].Kind}");
            }
        }
    }

    private int Leaf(int node, ReadOnlySpan<float> row)
    {
        while (Arrays.Feature[node] >= 0)
        {
            node = GoesLeft(node, row) ? Arrays.Left[node] : Arrays.Right[node];
        }

        return node;
    }

    private bool Holds(int start, float code)
    {
        // A code outside the bits is one the split never saw.
        long bits = Arrays.CategoryWords[start] * 32L;
        if (!(code >= 0) || code >= bits)
        {
            return false;
        }

        int c = (int)code;
        return (Arrays.CategoryWords[start + 1 + (c >> 5)] >> (c & 31) & 1) != 0;
    }
}
