namespace LeadPredict.Learning.Trees;

/// <summary>The best threshold of a numeric column, with missing values tried on both sides.</summary>
internal static class NumericSplitFinder
{
    /// <summary>Finds the best split of a node by one column.</summary>
    /// <param name="column">The column's number.</param>
    /// <param name="bins">The column's histogram: value bins, then the bin of missing values.</param>
    /// <param name="node">The sum of all bins.</param>
    /// <param name="rules">What is allowed.</param>
    public static SplitCandidate Find(int column, ReadOnlySpan<HistogramBin> bins, in HistogramBin node, GrowthRules rules)
    {
        HistogramBin missing = bins[^1];
        SplitCandidate best = default;
        Scan(column, bins, node, default, rules, false, ref best);
        if (missing.Count > 0)
        {
            Scan(column, bins, node, missing, rules, true, ref best);
        }
        else if (best.Gain > 0)
        {
            // No missing value was seen here: one that comes later goes with the majority.
            best.MissingLeft = best.Left.Count >= best.Right.Count;
        }

        return best;
    }

    private static void Scan(
        int column, ReadOnlySpan<HistogramBin> bins, in HistogramBin node, HistogramBin left, GrowthRules rules, bool missingLeft, ref SplitCandidate best)
    {
        double before = GrowthRules.Worth(node, rules.L2);

        // The last value bin ends a split only when missing values stand alone on the right.
        int end = bins.Length - 1;
        for (int bin = 0; bin < end; bin++)
        {
            if (bins[bin].Count == 0)
            {
                continue;
            }

            left.Add(bins[bin]);
            HistogramBin right = node.Minus(left);
            if (right.Count < rules.MinLeafSamples)
            {
                break;
            }

            if (!rules.Allows(left, right))
            {
                continue;
            }

            double gain = GrowthRules.Worth(left, rules.L2) + GrowthRules.Worth(right, rules.L2) - before;
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
