using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Trees;

/// <summary>The best question to ask of a node, over all columns in use.</summary>
internal sealed class SplitFinder(BinnedTable table, SumScale scale, GrowthRules rules)
{
    /// <summary>Finds the split with the largest gain; equal gains go to the first column.</summary>
    public SplitCandidate Find(ReadOnlySpan<BinSum> histogram, BinSum node, int[] columns)
    {
        SplitCandidate best = default;
        foreach (int column in columns)
        {
            int start = table.Offsets[column];
            ReadOnlySpan<BinSum> bins = histogram[start..table.Offsets[column + 1]];
            ColumnBins of = table.Columns[column];
            SplitCandidate found = of.Kind == ColumnKind.Numeric
                ? NumericSplitFinder.Find(column, bins, node, scale, rules)
                : CategoricalSplitFinder.Find(column, bins, of.LastIsRest, node, scale, rules);
            if (found.Gain > best.Gain)
            {
                best = found;
            }
        }

        return best;
    }
}
