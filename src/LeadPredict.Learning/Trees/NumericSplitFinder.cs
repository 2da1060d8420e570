using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LeadPredict.Learning.Binning;

namespace LeadPredict.Learning.Trees;

/// <summary>The best threshold of a numeric column, with missing values tried on both sides.</summary>
internal static class NumericSplitFinder
{
    private const int Lanes = 4;

    /// <summary>Finds the best split of a node by one column.</summary>
    /// <param name="column">The column's number.</param>
    /// <param name="bins">The column's histogram: value bins, then the bin of missing values.</param>
    /// <param name="node">The sum of all bins.</param>
    /// <param name="scale">How to read them.</param>
    /// <param name="rules">What is allowed.</param>
    public static SplitCandidate Find(int column, ReadOnlySpan<BinSum> bins, BinSum node, in SumScale scale, GrowthRules rules)
    {
        BinSum missing = bins[^1];
        SplitCandidate best = default;
        Scan(column, bins, node, default, scale, rules, false, ref best);
        if (scale.Count(missing) > 0)
        {
            Scan(column, bins, node, missing, scale, rules, true, ref best);
        }
        else if (best.Gain > 0)
        {
            // No missing value was seen here: one that comes later goes with the majority.
            best.MissingLeft = scale.Count(best.Left) >= scale.Count(best.Right);
        }

        return best;
    }

    /// <summary>Looks at four places at a time; those that may be better than the best so far are then looked at one by one.</summary>
    [SkipLocalsInit]
    private static void Scan(
        int column, ReadOnlySpan<BinSum> bins, BinSum node, BinSum left, in SumScale scale, GrowthRules rules, bool missingLeft, ref SplitCandidate best)
    {
        // The last value bin ends a split only when missing values stand alone on the right.
        int end = bins.Length - 1;
        Span<long> gradients = stackalloc long[ColumnBins.MaxBins + Lanes];
        Span<long> hessians = stackalloc long[ColumnBins.MaxBins + Lanes];
        for (int bin = 0; bin < end; bin++)
        {
            left += bins[bin];
            gradients[bin] = left.Gradient;
            hessians[bin] = (long)left.HessianAndCount;
        }

        // What stands beyond the end is as if nothing came after it.
        gradients.Slice(end, Lanes).Fill(left.Gradient);
        hessians.Slice(end, Lanes).Fill((long)left.HessianAndCount);
        double before = GrowthRules.Worth(scale.Read(node), rules.L2);
        for (int bin = 0; bin < end; bin += Lanes)
        {
            uint better = MayBeBetter(
                Vector256.Create<long>(gradients.Slice(bin, Lanes)),
                Vector256.Create<long>(hessians.Slice(bin, Lanes)),
                node,
                scale,
                rules.L2,
                before + Math.Max(best.Gain, rules.MinGain));
            for (; better != 0; better &= better - 1)
            {
                int last = bin + BitOperations.TrailingZeroCount(better);
                if (last < end && scale.Count(bins[last]) > 0)
                {
                    left = new BinSum(gradients[last], (ulong)hessians[last]);
                    Weigh(column, last, node, left, scale, rules, missingLeft, before, ref best);
                }
            }
        }
    }

    /// <summary>Without a division: nearly all places are worse than the best so far.</summary>
    /// <param name="gradients">First derivatives of four left sides.</param>
    /// <param name="hessians">Second derivatives of theirs, with the counts above.</param>
    /// <param name="node">The sum of both sides.</param>
    /// <param name="scale">How to read them.</param>
    /// <param name="l2">Added to second derivatives.</param>
    /// <param name="most">What both sides together must be worth.</param>
    /// <returns>A bit for each place that may be.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint MayBeBetter(Vector256<long> gradients, Vector256<long> hessians, BinSum node, in SumScale scale, double l2, double most)
    {
        Vector256<double> left = scale.ReadGradients(gradients);
        Vector256<double> right = scale.ReadGradients(Vector256.Create(node.Gradient) - gradients);
        Vector256<double> leftHessian = scale.ReadHessians(hessians) + Vector256.Create(l2);
        Vector256<double> rightHessian = scale.ReadHessians(Vector256.Create((long)node.HessianAndCount) - hessians) + Vector256.Create(l2);
        Vector256<double> worth = (left * left * rightHessian) + (right * right * leftHessian);
        return Vector256.GreaterThan(worth, Vector256.Create(most) * leftHessian * rightHessian).ExtractMostSignificantBits();
    }

    private static void Weigh(
        int column, int bin, BinSum node, BinSum left, in SumScale scale, GrowthRules rules, bool missingLeft, double before, ref SplitCandidate best)
    {
        BinSum right = node - left;
        HistogramBin l = scale.Read(left);
        HistogramBin r = scale.Read(right);
        if (!rules.Allows(l, r))
        {
            return;
        }

        double gain = GrowthRules.Worth(l, rules.L2) + GrowthRules.Worth(r, rules.L2) - before;
        if (gain > Math.Max(best.Gain, rules.MinGain))
        {
            best = new SplitCandidate
            {
                Gain = gain,
                Column = column,
                LastLeftBin = bin,
                MissingLeft = missingLeft,
                Left = left,
                Right = right,
            };
        }
    }
}
