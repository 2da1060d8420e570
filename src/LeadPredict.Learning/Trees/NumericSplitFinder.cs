using System.Runtime.CompilerServices;

namespace LeadPredict.Learning.Trees;

/// <summary>The best threshold of a numeric column, with missing values tried on both sides.</summary>
internal static class NumericSplitFinder
{
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scan(
        int column, ReadOnlySpan<BinSum> bins, BinSum node, BinSum left, in SumScale scale, GrowthRules rules, bool missingLeft, ref SplitCandidate best)
    {
        double l2 = rules.L2;
        double before = GrowthRules.Worth(scale.Read(node), l2);

        // The last value bin ends a split only when missing values stand alone on the right.
        int end = bins.Length - 1;
        for (int bin = 0; bin < end; bin++)
        {
            if (scale.Count(bins[bin]) == 0)
            {
                continue;
            }

            left += bins[bin];
            BinSum right = node - left;
            HistogramBin l = scale.Read(left);
            HistogramBin r = scale.Read(right);
            if (r.Count < rules.MinLeafSamples)
            {
                break;
            }

            // Without a division: nearly all candidates are worse than the best so far.
            double leftHessian = l.Hessian + l2;
            double rightHessian = r.Hessian + l2;
            double most = before + Math.Max(best.Gain, rules.MinGain);
            if ((l.Gradient * l.Gradient * rightHessian) + (r.Gradient * r.Gradient * leftHessian) <= most * leftHessian * rightHessian
                || !rules.Allows(l, r))
            {
                continue;
            }

            double gain = GrowthRules.Worth(l, l2) + GrowthRules.Worth(r, l2) - before;
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
}
