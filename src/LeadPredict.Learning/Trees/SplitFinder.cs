using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Trees;

/// <summary>The best question to ask of a node, over all columns in use.</summary>
internal sealed class SplitFinder(BinnedTable table, SumScale scale, GrowthRules rules)
{
    /// <summary>Finds the split with the largest gain; equal gains go to the first column.</summary>
    public SplitCandidate Find(ReadOnlySpan<BinSum> histogram, BinSum node, in ValueBounds bounds, int[] columns)
    {
        SplitCandidate best = default;
        foreach (int column in columns)
        {
            SplitCandidate found = FindIn(histogram, node, bounds, column);
            if (found.Gain > best.Gain)
            {
                best = found;
            }
        }

        return best;
    }

    /// <summary>Finds the best split by one column; columns can be looked at side by side.</summary>
    public SplitCandidate FindIn(ReadOnlySpan<BinSum> histogram, BinSum node, in ValueBounds bounds, int column)
    {
        ReadOnlySpan<BinSum> bins = histogram[table.Offsets[column]..table.Offsets[column + 1]];
        ColumnBins of = table.Columns[column];
        if (of.Kind == ColumnKind.Categorical)
        {
            return CategoricalSplitFinder.Find(column, bins, of.LastIsRest, node, scale, rules);
        }

        int direction = rules.DirectionOf(column);
        return direction == 0 && bounds == ValueBounds.None
            ? NumericSplitFinder.Find(column, bins, node, scale, rules)
            : MonotoneSplitFinder.Find(column, bins, node, scale, rules, bounds, direction);
    }

    /// <summary>The best of what was found by column; equal gains go to the first.</summary>
    public static SplitCandidate Best(SplitCandidate[] byColumn, int[] columns)
    {
        SplitCandidate best = default;
        foreach (int column in columns)
        {
            if (byColumn[column].Gain > best.Gain)
            {
                best = byColumn[column];
            }
        }

        return best;
    }
}
