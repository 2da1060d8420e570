using System.Buffers;

namespace LeadPredict.Learning.Models;

/// <summary>
/// Exact Shapley values of trees when an absent feature follows both branches in proportion to their covers, the values that path-dependent
/// TreeSHAP defines (Lundberg, Erion and Lee, "Consistent individualized feature attribution for tree ensembles", 2018).
/// </summary>
/// <remarks>
/// TreeSHAP's own recursion divides differences of large numbers and loses all digits on deep trees. Here a Shapley value is the integral
/// over t in [0, 1] of the slope of the multilinear extension (Owen, "Multilinear extensions of games", 1972): a leaf with value v whose path
/// holds features j, each with a share <c>zero</c> of training rows that follow it and <c>one</c> = 1 when this row does, gives feature i
/// <c>v (one_i - zero_i) ∫ Π_{j≠i} (t one_j + (1 - t) zero_j) dt</c>. That is a polynomial, so quadrature is exact, and all factors are at
/// least 0, so nothing cancels. Sums over the leaves of a subtree are shared (Yu et al., "Linear TreeShap", 2022).
/// </remarks>
internal readonly ref struct TreeShap
{
    private readonly TreeEnsemble _trees;
    private readonly ReadOnlySpan<float> _row;
    private readonly double _weight;
    private readonly Span<double> _contributions;
    private readonly Span<double> _ones;
    private readonly Span<double> _zeros;

    private TreeShap(TreeEnsemble trees, ReadOnlySpan<float> row, double weight, Span<double> contributions, Span<double> shares)
    {
        _trees = trees;
        _row = row;
        _weight = weight;
        _contributions = contributions;

        // Per column, as the path down to the current node has it; a column not asked about counts as factor 1.
        shares.Fill(1);
        _ones = shares.Slice(0, row.Length);
        _zeros = shares.Slice(row.Length);
    }

    /// <summary>Adds the weighted contributions of one tree; the part that belongs to no feature is <c>weight</c> times the tree's mean.</summary>
    public static void Add(TreeEnsemble trees, int tree, ReadOnlySpan<float> row, double weight, Span<double> contributions)
    {
        int points = trees.Quadrature.Points.Length;
        int levels = trees.Depth + 1;
        double[] scratch = ArrayPool<double>.Shared.Rent((2 * row.Length) + (2 * levels * points));
        try
        {
            Span<double> levelSpace = scratch.AsSpan(2 * row.Length, 2 * levels * points);
            var walk = new TreeShap(trees, row, weight, contributions, scratch.AsSpan(0, 2 * row.Length));
            levelSpace.Slice(0, points).Fill(1);
            walk.Visit(trees.Arrays.TreeStarts[tree], levelSpace);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scratch);
        }
    }

    /// <summary>
    /// <paramref name="space"/> holds, for each quadrature point, the product of the factors down to the node, then room for the sum over the
    /// node's leaves of value times product, which is the result, then the space of deeper levels.
    /// </summary>
    private void Visit(int node, Span<double> space)
    {
        int points = _trees.Quadrature.Points.Length;
        ReadOnlySpan<double> products = space.Slice(0, points);
        Span<double> sums = space.Slice(points, points);
        TreeArrays arrays = _trees.Arrays;
        int feature = arrays.Feature[node];
        if (feature < 0)
        {
            for (int q = 0; q < points; q++)
            {
                sums[q] = products[q] * arrays.Value[node];
            }

            return;
        }

        sums.Clear();
        bool left = _trees.GoesLeft(node, _row);
        double shareLeft = TreeMeans.ShareLeft(arrays, node);
        VisitChild(arrays.Left[node], feature, left, shareLeft, space);
        VisitChild(arrays.Right[node], feature, !left, 1 - shareLeft, space);
    }

    private void VisitChild(int child, int feature, bool follows, double share, Span<double> space)
    {
        double oldOne = _ones[feature];
        double oldZero = _zeros[feature];
        double one = follows ? oldOne : 0;
        double zero = oldZero * share;
        if (one == 0 && zero == 0)
        {
            // No row comes here and this one does not either: every product below is 0.
            return;
        }

        double[] t = _trees.Quadrature.Points;
        double[] weights = _trees.Quadrature.Weights;
        int points = t.Length;
        Span<double> below = space.Slice(2 * points);
        for (int q = 0; q < points; q++)
        {
            below[q] = space[q] / Factor(oldOne, oldZero, t[q]) * Factor(one, zero, t[q]);
        }

        _ones[feature] = one;
        _zeros[feature] = zero;
        Visit(child, below);
        _ones[feature] = oldOne;
        _zeros[feature] = oldZero;

        // The feature's earlier share of these leaves is replaced by its share with this question added.
        double gained = 0;
        double replaced = 0;
        for (int q = 0; q < points; q++)
        {
            double sum = below[points + q];
            space[points + q] += sum;
            gained += weights[q] * sum / Factor(one, zero, t[q]);
            replaced += weights[q] * sum / Factor(oldOne, oldZero, t[q]);
        }

        _contributions[feature] += _weight * (((one - zero) * gained) - ((oldOne - oldZero) * replaced));
    }

    private static double Factor(double one, double zero, double t) => (t * one) + ((1 - t) * zero);
}
