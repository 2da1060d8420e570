namespace LeadPredict.Learning.Trees;

/// <summary>
/// The best division of a column's categories in two. Put in order of their mean gradient, the best division of the categories is one of the
/// contiguous ones (Fisher, "On grouping for maximum homogeneity", 1958); the order is smoothed and both ends are tried as LightGBM does
/// (Ke et al., 2017), so that the named side stays small. Missing values are one more category.
/// </summary>
internal static class CategoricalSplitFinder
{
    /// <summary>Finds the best split of a node by one column.</summary>
    /// <param name="column">The column's number.</param>
    /// <param name="bins">The column's histogram: value bins, then the bin of missing values.</param>
    /// <param name="lastIsRest">Whether the last value bin stands for many rare codes, which cannot be named.</param>
    /// <param name="node">The sum of all bins.</param>
    /// <param name="scale">How to read them.</param>
    /// <param name="rules">What is allowed.</param>
    public static SplitCandidate Find(int column, ReadOnlySpan<BinSum> bins, bool lastIsRest, BinSum node, in SumScale scale, GrowthRules rules)
    {
        Span<int> order = stackalloc int[bins.Length];
        Span<double> keys = stackalloc double[bins.Length];
        int count = 0;
        int missingBin = bins.Length - 1;
        for (int bin = 0; bin < bins.Length; bin++)
        {
            HistogramBin sum = scale.Read(bins[bin]);
            if (sum.Count > 0 && !(lastIsRest && bin == missingBin - 1))
            {
                order[count] = bin;
                keys[count++] = sum.Gradient / (sum.Hessian + rules.CategorySmoothing);
            }
        }

        order = order.Slice(0, count);
        keys = keys.Slice(0, count);
        SortStably(keys, order);
        SplitCandidate best = default;
        Scan(column, bins, order, node, scale, rules, ref best);
        order.Reverse();
        Scan(column, bins, order, node, scale, rules, ref best);
        if (best.Gain > 0 && scale.Count(bins[missingBin]) == 0)
        {
            best.MissingLeft = scale.Count(best.Left) >= scale.Count(best.Right);
        }

        return best;
    }

    private static void Scan(
        int column, ReadOnlySpan<BinSum> bins, ReadOnlySpan<int> order, BinSum node, in SumScale scale, GrowthRules rules, ref SplitCandidate best)
    {
        double l2 = rules.L2 + rules.CategoryL2;
        double before = GrowthRules.Worth(scale.Read(node), l2);
        BinSum left = default;
        BinSet leftBins = default;
        bool missingLeft = false;
        int most = Math.Min(order.Length - 1, rules.MaxCategoriesLeft);
        for (int i = 0; i < most; i++)
        {
            int bin = order[i];
            left += bins[bin];
            if (bin == bins.Length - 1)
            {
                missingLeft = true;
            }
            else
            {
                leftBins.Add(bin);
            }

            BinSum right = node - left;
            HistogramBin l = scale.Read(left);
            HistogramBin r = scale.Read(right);
            if (!rules.Allows(l, r))
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
                    LastLeftBin = -1,
                    LeftBins = leftBins,
                    MissingLeft = missingLeft,
                    Left = left,
                    Right = right,
                };
            }
        }
    }

    /// <summary>Insertion sort: few categories, and equal keys must stay in bin order on every platform.</summary>
    private static void SortStably(Span<double> keys, Span<int> order)
    {
        for (int i = 1; i < keys.Length; i++)
        {
            double key = keys[i];
            int bin = order[i];
            int at = i;
            for (; at > 0 && keys[at - 1] > key; at--)
            {
                keys[at] = keys[at - 1];
                order[at] = order[at - 1];
            }

            keys[at] = key;
            order[at] = bin;
        }
    }
}
