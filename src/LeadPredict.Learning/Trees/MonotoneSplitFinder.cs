namespace LeadPredict.Learning.Trees;

/// <summary>The best threshold of a numeric column where leaf values are bounded or the column has a direction; the plain way of <see cref="NumericSplitFinder"/>.</summary>
internal static class MonotoneSplitFinder
{
    /// <summary>Finds the best split of a node by one column.</summary>
    /// <param name="column">The column's number.</param>
    /// <param name="bins">The column's histogram: value bins, then the bin of missing values.</param>
    /// <param name="node">The sum of all bins.</param>
    /// <param name="scale">How to read them.</param>
    /// <param name="rules">What is allowed.</param>
    /// <param name="bounds">What the node's leaves may be worth.</param>
    /// <param name="direction">1, -1, or 0 for none.</param>
    public static SplitCandidate Find(
        int column, ReadOnlySpan<BinSum> bins, BinSum node, in SumScale scale, GrowthRules rules, in ValueBounds bounds, int direction)
    {
        SplitCandidate best = default;
        double before = bounds.Worth(scale.Read(node), rules.L2);
        bool missing = scale.Count(bins[^1]) > 0;
        for (int side = 0; side < (missing ? 2 : 1); side++)
        {
            BinSum left = side == 1 ? bins[^1] : default;
            for (int bin = 0; bin < bins.Length - 1; bin++)
            {
                left += bins[bin];
                BinSum right = node - left;
                HistogramBin l = scale.Read(left);
                HistogramBin r = scale.Read(right);
                if (scale.Count(bins[bin]) == 0 || !rules.Allows(l, r)
                    || direction * (bounds.Value(r, rules.L2) - bounds.Value(l, rules.L2)) < 0)
                {
                    continue;
                }

                double gain = bounds.Worth(l, rules.L2) + bounds.Worth(r, rules.L2) - before;
                if (gain > Math.Max(best.Gain, rules.MinGain))
                {
                    best = new SplitCandidate
                    {
                        Gain = gain,
                        Column = column,
                        LastLeftBin = bin,
                        MissingLeft = missing ? side == 1 : l.Count >= r.Count,
                        Left = left,
                        Right = right,
                    };
                }
            }
        }

        return best;
    }
}
